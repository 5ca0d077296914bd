import { parser as logql } from "@grafana/lezer-logql";
import { parser as traceql } from "@grafana/lezer-traceql";
import type { LRParser } from "@lezer/lr";
import { parser as promql } from "@prometheus-io/lezer-promql";
import { substituteMacros } from "./macros.ts";

/** A language in which panels and rules ask. */
export type QueryLanguage = "LogQL" | "PromQL" | "TraceQL";

/** What a query names. */
export interface QueryNames {
  /** Where the query stops being one, from 0; `undefined` for a sound one. */
  readonly errorAt: number | undefined;
  /** Series of PromQL with the labels that their matchers name. */
  readonly series: readonly { readonly name: string; readonly labels: readonly string[] }[];
  /** Labels of groupings in PromQL; every label in LogQL; every attribute in TraceQL. */
  readonly labels: readonly string[];
}

const parsers: Readonly<Record<QueryLanguage, LRParser>> = { LogQL: logql, PromQL: promql, TraceQL: traceql };

/** Parses a query by its language's grammar, after Grafana's macros are filled in. */
export function readQuery(language: QueryLanguage, query: string): QueryNames {
  const text = substituteMacros(query);
  const series: { name: string; labels: string[] }[] = [];
  const labels: string[] = [];
  const defined = new Set<string>();
  let errorAt: number | undefined;
  parsers[language].parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      const word = text.slice(from, to);
      const parent = node.parent?.type.name;
      if (type.isError) errorAt ??= from;
      else if (language === "PromQL") {
        if (parent === "VectorSelector" && type.name === "Identifier") series.push({ name: word, labels: [] });
        else if (parent === "GroupingLabels" && type.name === "LabelName") labels.push(word);
        else if (type.name === "LabelName") series.at(-1)?.labels.push(word);
      } else if (type.name === "Identifier") {
        if (parent === "LabelFormatMatcher") defined.add(word);
        else labels.push(word);
      }
    },
  });
  if (text.trim() === "") errorAt = 0;
  return { errorAt, series, labels: labels.filter((label) => !defined.has(label)) };
}
