import { decodeKeyValue } from "./decode-value.ts";
import type { Attributes, DecodedScope } from "./decoded.ts";
import type { Mutable } from "./mutable.ts";
import { WireReader } from "./wire-reader.ts";

/**
 * Walks an export request of any signal: they differ only below the scope, where field 2 holds the spans, log records or metrics.
 * Source: opentelemetry-proto, collector/<signal>/v1.
 */
export function decodeRequest(bytes: Uint8Array, item: (reader: WireReader, scope: DecodedScope) => void): void {
  const request = new WireReader(bytes);
  while (request.next()) {
    if (request.field !== 1) {
      request.skip();
      continue;
    }
    const perResource = request.message();
    while (perResource.next()) {
      if (perResource.field === 2) decodeScopeItems(perResource.message(), item);
      else perResource.skip();
    }
  }
}

/** Attributes of the first resource of an export request. */
export function decodeFirstResource(bytes: Uint8Array): Attributes {
  const request = new WireReader(bytes);
  while (request.next()) {
    if (request.field === 1) return decodeResource(request.message());
    request.skip();
  }
  return {};
}

/** Attributes of the resource in a `ResourceSpans`, `ResourceLogs` or `ResourceMetrics`. */
export function decodeResource(perResource: WireReader): Attributes {
  const attributes: Record<string, unknown> = {};
  while (perResource.next()) {
    if (perResource.field !== 1) {
      perResource.skip();
      continue;
    }
    const resource = perResource.message();
    while (resource.next()) {
      if (resource.field === 1) decodeKeyValue(resource.message(), attributes);
      else resource.skip();
    }
  }
  return attributes;
}

function decodeScopeItems(perScope: WireReader, item: (reader: WireReader, scope: DecodedScope) => void): void {
  const scope: Mutable<DecodedScope> = { name: "" };
  while (perScope.next()) {
    if (perScope.field === 1) decodeScope(perScope.message(), scope);
    else if (perScope.field === 2) item(perScope.message(), scope);
    // The schema comes behind the items in the message; they hold the scope itself and see it all the same.
    else if (perScope.field === 3) scope.schemaUrl = perScope.string();
    else perScope.skip();
  }
}

/** Reads an `InstrumentationScope` into `scope`. */
export function decodeScope(reader: WireReader, scope: Mutable<DecodedScope>): void {
  const attributes: Record<string, unknown> = {};
  while (reader.next()) {
    if (reader.field === 1) scope.name = reader.string();
    else if (reader.field === 2) scope.version = reader.string();
    else if (reader.field === 3) {
      decodeKeyValue(reader.message(), attributes);
      scope.attributes = attributes;
    } else reader.skip();
  }
}
