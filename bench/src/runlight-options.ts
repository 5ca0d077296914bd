import { resolveSettings } from "@runlight/sdk";

/** Tells whether this version of Runlight knows an option: an unknown one is a fault of the configuration. */
export function knowsOption(option: Readonly<Record<string, unknown>>): Promise<boolean> {
  return resolveSettings(option, {}, process.cwd()).then(
    () => true,
    () => false,
  );
}
