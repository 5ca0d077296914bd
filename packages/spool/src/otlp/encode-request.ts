import type { Attributes, DecodedScope } from "./decoded.ts";
import { encodeAttributes } from "./encode-value.ts";
import { WireWriter } from "./wire-writer.ts";

/** The resource of a request: its attributes, or the fields of another request that hold it. */
export type RequestResource =
  | { readonly attributes: Attributes; readonly schemaUrl?: string }
  | { readonly resource: Uint8Array; readonly schema: Uint8Array };

/** Something that came from a scope. */
interface Scoped {
  readonly scope: DecodedScope;
}

/**
 * Encodes an export request of any signal: one resource, and the items by their scope in the order the scopes come.
 * The order of fields is that of the official serializers, so equal data gives equal bytes.
 */
export function encodeRequest<Item extends Scoped>(
  resource: RequestResource,
  items: readonly Item[],
  encodeItem: (writer: WireWriter, item: Item) => void,
): Uint8Array {
  const writer = new WireWriter();
  writer.message(1, () => {
    if ("attributes" in resource) encodeResource(writer, resource.attributes);
    else writer.raw(resource.resource);
    for (const [scope, scoped] of byScope(items)) encodeScope(writer, scope, scoped, encodeItem);
    if (!("attributes" in resource)) writer.raw(resource.schema);
    else if (resource.schemaUrl !== undefined) writer.string(3, resource.schemaUrl);
  });
  return writer.finish();
}

function encodeResource(writer: WireWriter, attributes: Attributes): void {
  writer.message(1, () => {
    encodeAttributes(writer, 1, attributes);
    writer.uint(2, 0);
  });
}

/** Scopes count as equal when they are one object, or when name and version are. */
function byScope<Item extends Scoped>(items: readonly Item[]): ReadonlyMap<DecodedScope, readonly Item[]> {
  const groups = new Map<DecodedScope, Item[]>();
  for (const item of items) {
    const { scope } = item;
    const known = groups.has(scope)
      ? scope
      : [...groups.keys()].find((one) => one.name === scope.name && one.version === scope.version);
    const group = known === undefined ? undefined : groups.get(known);
    if (group === undefined) groups.set(scope, [item]);
    else group.push(item);
  }
  return groups;
}

function encodeScope<Item>(
  writer: WireWriter,
  scope: DecodedScope,
  items: readonly Item[],
  encodeItem: (writer: WireWriter, item: Item) => void,
): void {
  writer.message(2, () => {
    writer.message(1, () => {
      writer.string(1, scope.name);
      if (scope.version !== undefined) writer.string(2, scope.version);
      if (scope.attributes !== undefined) encodeAttributes(writer, 3, scope.attributes);
    });
    for (const item of items) writer.message(2, () => encodeItem(writer, item));
    if (scope.schemaUrl !== undefined) writer.string(3, scope.schemaUrl);
  });
}
