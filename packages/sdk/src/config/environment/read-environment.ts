import { claim, type ClaimsOfSource, createClaims, type SourceReading } from "../claims.ts";
import { closestName } from "../closest-name.ts";
import { environmentVariables } from "../environment-variables.ts";
import { brokenRule } from "../faults.ts";
import { createSampler, samplerName, samplerRatio } from "../rules/sampler-names.ts";
import type { ConfigFault } from "../telemetry-config-error.ts";
import { ignoredVariables, refusedVariables } from "./unread-variables.ts";

const where = "environment";
const ratioSamplers = "traceidratio or parentbased_traceidratio";

/**
 * Reads the environment variables of OpenTelemetry and Runlight; an empty one counts as unset.
 *
 * Faults are a value we do not have, a variable that cannot be honoured, and a name that is nearly a supported one.
 * Other unknown `OTEL_*` variables belong to other programs.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv): SourceReading {
  const claims = createClaims();
  const faults: ConfigFault[] = [];
  for (const { name, values, secret, read } of environmentVariables) {
    const text = textOf(environment, name);
    if (text === undefined) continue;
    const found = read(text);
    if (found !== undefined) claims.add(found, { source: "environment", path: name, where: name });
    else faults.push(brokenRule({ path: name, where }, { text: values, ...(secret && { secret }) }, text));
  }
  faults.push(...readSampler(environment, claims), ...misleadingVariables(environment));
  return { claims, faults };
}

function readSampler(environment: NodeJS.ProcessEnv, claims: ClaimsOfSource): readonly ConfigFault[] {
  const path = "OTEL_TRACES_SAMPLER";
  const nameText = textOf(environment, path);
  const ratioText = textOf(environment, "OTEL_TRACES_SAMPLER_ARG");
  const name = nameText === undefined ? undefined : samplerName.parse(nameText);
  // An unknown name is told already.
  if (nameText !== undefined && name === undefined) return [];
  if (ratioText !== undefined && name?.endsWith("traceidratio") !== true) {
    return [brokenRule({ path, where }, { text: `${ratioSamplers} where OTEL_TRACES_SAMPLER_ARG is set` }, nameText)];
  }
  const ratio = ratioText === undefined ? 1 : samplerRatio.parse(ratioText);
  if (name !== undefined && ratio !== undefined) {
    claims.add([claim("sampler", createSampler(name, ratio))], { source: "environment", path, where: path });
  }
  return [];
}

function misleadingVariables(environment: NodeJS.ProcessEnv): readonly ConfigFault[] {
  const supported = environmentVariables.map(({ name }) => name);
  const faults: ConfigFault[] = [];
  for (const name of Object.keys(environment).sort()) {
    const text = textOf(environment, name);
    if (text === undefined || !/^(OTEL|RUNLIGHT)_/i.test(name) || supported.includes(name) || isIgnored(name)) continue;
    const refused = refusedVariables.find((variable) => variable.name === name);
    const meant = closestName(name, supported);
    const rule = refused?.reason ?? (meant === undefined ? undefined : `unset (did you mean "${meant}"?)`);
    // The value of a mistyped name may be a secret: the rule of that name is not known.
    if (rule !== undefined) faults.push(brokenRule({ path: name, where }, { text: rule, secret: true }, text));
  }
  return faults;
}

function isIgnored(name: string): boolean {
  return ignoredVariables.some((variable) =>
    variable.name.endsWith("*") ? name.startsWith(variable.name.slice(0, -1)) : variable.name === name,
  );
}

function textOf(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = environment[name]?.trim();
  return text === "" ? undefined : text;
}
