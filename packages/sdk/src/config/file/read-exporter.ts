import type { Signal } from "@runlight/spool";
import { claim } from "../claims.ts";
import { headerList, headerValue, httpUrl, isHeaderName } from "../rules/otlp-rules.ts";
import { oneOf, path as filePath, someText } from "../rules/rule.ts";
import * as settingRule from "../rules/setting-rules.ts";
import type { FilePath } from "./file-path.ts";
import type { FileReader } from "./file-reader.ts";

/** Reads an `otlp_http` exporter. Without an endpoint it means the receiver on this host. */
export function readExporter(reader: FileReader, signal: Signal, path: FilePath): void {
  reader.add(path, [claim(`${signal}.exporter`, "otlp")]);
  reader.take([...path, "endpoint"], httpUrl, (url) => [claim(`${signal}.endpoint`, url)]);
  reader.take([...path, "timeout"], settingRule.exportTimeout, (timeoutMs) => [
    claim(`${signal}.timeoutMs`, timeoutMs),
  ]);
  reader.take([...path, "compression"], settingRule.compression, (compression) => [
    claim(`${signal}.compression`, compression),
  ]);
  reader.take([...path, "encoding"], oneOf("protobuf", "json"), (encoding) => [
    claim(`${signal}.protocol`, `http/${encoding}`),
  ]);
  reader.take([...path, "tls", "ca_file"], filePath, (file) => [claim(`${signal}.caFile`, file)]);
  reader.take([...path, "tls", "cert_file"], filePath, (file) => [claim(`${signal}.certificateFile`, file)]);
  reader.take([...path, "tls", "key_file"], filePath, (file) => [claim(`${signal}.keyFile`, file)]);
  reader.take([...path, "headers_list"], headerList, (headers) =>
    Object.entries(headers).map(([name, value]) => claim(`${signal}.headers.${name.toLowerCase()}`, value)),
  );
  const headers = [...path, "headers"];
  for (let index = 0; index < reader.count(headers); index += 1) {
    const name = reader.take([...headers, index, "name"], someText);
    if (name === undefined) continue;
    if (!isHeaderName(name))
      reader.refuse([...headers, index, "name"], { text: "a name that an HTTP header can have" });
    else
      reader.take([...headers, index, "value"], headerValue, (value) => [
        claim(`${signal}.headers.${name.toLowerCase()}`, value),
      ]);
  }
  // The metrics SDK of this release can do more, but the spool's reader has one way.
  reader.take([...path, "temporality_preference"], settingRule.temporality);
  reader.take([...path, "default_histogram_aggregation"], settingRule.histogramAggregation);
}
