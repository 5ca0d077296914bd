import type { Attributes } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import { stockResources } from "./stock-packages.ts";

/** A resource of these attributes, which loads the stock one when it is merged or taken apart. */
export function lazyResource(attributes: Attributes): Resource {
  let stock: Resource | undefined;
  const made = (): Resource => (stock ??= stockResources().resourceFromAttributes(attributes));
  return {
    asyncAttributesPending: false,
    attributes,
    merge: (other) => made().merge(other),
    getRawAttributes: () => made().getRawAttributes(),
  };
}
