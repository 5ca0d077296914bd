import { isSpanContextValid, propagation, trace } from "@opentelemetry/api";
import type { Baggage, Context, Link, SpanContext } from "@opentelemetry/api";
import { ATTR_RUNLIGHT_LINK_KIND } from "@runlight/conventions/names";
import { activeOperation, withoutOperation } from "../context/active-operation.ts";
import { runInBaggage } from "../context/run-baggage.ts";
import type { CarrierFacts } from "./queue-carrier.ts";

/** Where a taken pipeline's span stands. */
export interface ConsumerPlace {
  readonly parentContext: Context;
  readonly links: readonly Link[];
}

/**
 * Finds the parent and the links of a pipeline taken from a queue. Always linked: the producer's span and the attempt before. Its parent:
 *
 * - Queued within a run that goes on here: the operation that is active, which is of that run.
 * - Queued within another process's run: the producer's span, so that a run is one trace wherever its parts run, and says so by the id
 *   in its baggage; what the consumer was doing is linked, as a worker's own work does not own the job.
 * - Queued by nobody's run: what the consumer is doing, or a trace of its own. A service that queues jobs all day would otherwise
 *   grow traces without end.
 */
export function consumerPlace(carrier: CarrierFacts, active: Context): ConsumerPlace {
  const links = [
    ...linkTo(carrier.producer, "producer"),
    ...(carrier.previous?.spanId === carrier.producer?.spanId ? [] : linkTo(carrier.previous, "attempt")),
  ];
  const { baggage = propagation.createBaggage() } = carrier;
  const run = runInBaggage(propagation.setBaggage(active, baggage));
  if (run === undefined) return { parentContext: addBaggage(active, baggage), links };
  if (activeOperation(active)?.run?.id === run.id) return { parentContext: active, links };
  const consumer = trace.getSpanContext(active);
  const detached = withoutOperation(trace.deleteSpan(propagation.setBaggage(active, baggage)));
  return {
    parentContext: carrier.producer === undefined ? detached : trace.setSpanContext(detached, carrier.producer),
    links: [...links, ...linkTo(consumer, "consumer")],
  };
}

/** What stands in a context's baggage already stays. */
function addBaggage(active: Context, carried: Baggage): Context {
  const own = propagation.getBaggage(active);
  let baggage = carried;
  for (const [name, entry] of own?.getAllEntries() ?? []) baggage = baggage.setEntry(name, entry);
  return propagation.setBaggage(active, baggage);
}

function linkTo(span: SpanContext | undefined, kind: "attempt" | "consumer" | "producer"): readonly Link[] {
  if (span === undefined || !isSpanContextValid(span)) return [];
  return [{ context: span, attributes: { [ATTR_RUNLIGHT_LINK_KIND]: kind } }];
}
