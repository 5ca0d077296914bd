import { existsSync } from "node:fs";
import { dirname, normalize } from "node:path";
import { expect, test } from "vitest";
import { readText, root } from "../workspace/root.ts";
import { markdownFiles } from "./markdown-files.ts";

const link = /\[[^\]]*\]\((?<target>[^)\s]+)\)/g;
const fences = /^[ \t]*```[^]*?^[ \t]*```/gm;

test.for(markdownFiles())("%s links to files and headings that exist", (path) => {
  const text = readText(path).replaceAll(fences, "");
  const targets = [...text.matchAll(link)].map(({ groups = {} }) => groups["target"] ?? "");
  const broken = targets.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(path, target));
  expect(broken).toEqual([]);
});

function leadsSomewhere(from: string, target: string): boolean {
  const [file = "", anchor] = target.split("#", 2);
  const path = file === "" ? from : normalize(`${dirname(from)}/${file}`);
  if (!existsSync(`${root}${path}`)) return false;
  return anchor === undefined || !path.endsWith(".md") || headingAnchors(readText(path)).includes(anchor);
}

/** The anchors that GitHub gives to headings: lower case, no punctuation, dashes for spaces. */
function headingAnchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (?<heading>.+)$/gm)].map(({ groups = {} }) =>
    (groups["heading"] ?? "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );
}
