import type { SettingOrigin, TelemetrySettings } from "./telemetry-settings.ts";

/** One setting as people read it. */
export interface SettingDescription extends SettingOrigin {
  /** Path of the setting: `spool.maxSizeBytes`, `traces.endpoint`, `resourceAttributes.service.name`. */
  readonly setting: string;
}

/** All settings with their values and where they came from, sorted by name; secrets redacted. For `runlight config show --origin`. */
export function describeSettings({ origins }: Pick<TelemetrySettings, "origins">): readonly SettingDescription[] {
  return [...origins]
    .map(([setting, origin]) => ({ setting, ...origin }))
    .sort((one, other) => (one.setting < other.setting ? -1 : 1));
}
