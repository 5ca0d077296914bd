import { parse } from "yaml";

const variableName = /^[a-zA-Z_]\w*$/;

/**
 * A text of a configuration file with its `${NAME}`, `${env:NAME}` and `${NAME:-default}` replaced, and `$$` as `$`
 * (OpenTelemetry configuration data model, "Environment variable substitution"). `undefined` where a reference is malformed.
 */
export function substitutedText(text: string, environment: NodeJS.ProcessEnv): string | undefined {
  let malformed = false;
  const substituted = text.replaceAll(/\$\$|\$\{(?:env:)?([^}]+)\}/g, (reference, inner: string | undefined) => {
    if (inner === undefined) return "$";
    const [name = "", ...rest] = inner.split(":-");
    if (!variableName.test(name) || rest.some((part) => part.includes("\n"))) {
      malformed = true;
      return reference;
    }
    return environment[name] || rest.join(":-");
  });
  return malformed ? undefined : substituted;
}

/** A substituted plain scalar, typed anew: a number, a boolean or null where it reads like one, but never a mapping or list. */
export function retypedScalar(text: string): unknown {
  try {
    const value: unknown = parse(text, { version: "1.2" });
    return value === null || typeof value === "number" || typeof value === "boolean" ? value : text;
  } catch {
    return text;
  }
}
