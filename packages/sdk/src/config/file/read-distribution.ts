import { unknownName } from "../faults.ts";
import { isRecord } from "../is-record.ts";
import * as settingRule from "../rules/setting-rules.ts";
import { runlightSettings } from "../runlight-settings.ts";
import type { FilePath } from "./file-path.ts";
import type { FileReader } from "./file-reader.ts";

/** Path of Runlight's own settings in a file. */
export const distributionPath: FilePath = ["distribution", "runlight"];

/** Reads `distribution.runlight`, where a setting keeps the same rule as the option. */
export function readDistribution(reader: FileReader): void {
  const paths = runlightSettings.map(({ fileKey }) => fileKey.split("."));
  refuseUnknown(reader, distributionPath, paths);
  for (const setting of runlightSettings) {
    const path = [...distributionPath, ...setting.fileKey.split(".")];
    const value = reader.value(path);
    if (value === undefined) continue;
    const accepted = setting.accept(value);
    if (accepted === undefined) reader.refuse(path, { text: setting.values });
    else if (setting.option === "metricIntervalMs" && saysOtherwise(reader, value)) {
      reader.refuse(path, { text: "left out, as meter_provider.readers[0].periodic.interval says otherwise" });
    } else reader.add(path, [accepted]);
  }
}

function refuseUnknown(reader: FileReader, at: FilePath, known: readonly FilePath[]): void {
  const value = reader.value(at);
  if (value === undefined) return;
  if (!isRecord(value)) {
    reader.refuse(at, { text: "a mapping" });
    return;
  }
  for (const key of Object.keys(value)) {
    const below = known.filter(([first]) => first === key).map((path) => path.slice(1));
    if (below.length === 0)
      reader.refuse(
        [...at, key],
        unknownName(
          "setting",
          key,
          known.map(([first]) => String(first)),
        ),
      );
    else if (below.every((path) => path.length > 0)) refuseUnknown(reader, [...at, key], below);
  }
}

function saysOtherwise(reader: FileReader, intervalMs: unknown): boolean {
  const other = reader.take(["meter_provider", "readers", 0, "periodic", "interval"], settingRule.metricInterval);
  return other !== undefined && other !== intervalMs;
}
