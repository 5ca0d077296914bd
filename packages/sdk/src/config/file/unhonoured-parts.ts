import { unknownName } from "../faults.ts";
import { isRecord } from "../is-record.ts";
import type { FilePath } from "./file-path.ts";
import { type Honoured, honouredFile, type HonouredMapping } from "./honoured-parts.ts";
import type { SchemaFault } from "./schema-faults.ts";

/** The parts of a file that are not honoured. What has a wrong type is passed over: the schema tells it. */
export function unhonouredParts(file: unknown): readonly SchemaFault[] {
  return partsWithin(file, honouredFile, []);
}

function partsWithin(part: unknown, honoured: Honoured, path: FilePath): readonly SchemaFault[] {
  if (honoured === "value") return [];
  if ("each" in honoured) {
    const { each } = honoured;
    return Array.isArray(part) ? part.flatMap((item: unknown, index) => partsWithin(item, each, [...path, index])) : [];
  }
  if (!isRecord(part)) return [];
  return Object.entries(part).flatMap(([key, item]) => partsOfKey(key, item, { honoured, path: [...path, key] }));
}

function partsOfKey(
  key: string,
  item: unknown,
  { honoured, path }: { readonly honoured: HonouredMapping; readonly path: FilePath },
): readonly SchemaFault[] {
  const { keys, refused, isChoice, foreign } = honoured;
  const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (known !== undefined) return partsWithin(item, known, path);
  if (foreign?.(key) === true || (isChoice !== true && isUnset(item))) return [];
  const reason = refused !== undefined && Object.hasOwn(refused, key) ? refused[key] : undefined;
  return [
    {
      path,
      rule: reason === undefined ? unknownName("setting", key, Object.keys(keys)).text : `left out, as ${reason}`,
    },
  ];
}

// A file made from a template may name a setting and leave it empty.
function isUnset(item: unknown): boolean {
  if (item === null || item === undefined) return true;
  return isRecord(item) && Object.keys(item).length > 0 && Object.values(item).every(isUnset);
}
