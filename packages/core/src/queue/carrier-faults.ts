import { ATTR_RUNLIGHT_CARRIER_FAULT, METRIC_RUNLIGHT_QUEUE_CARRIER_FAULTS } from "@runlight/conventions/names";
import type { MetricAttributes } from "@runlight/conventions/names";
import { countMetric } from "../run/events.ts";

/** What is wrong with a part of a carrier. */
export type CarrierFault = NonNullable<MetricAttributes[typeof ATTR_RUNLIGHT_CARRIER_FAULT]>;

/** Counts parts of a carrier that were left out or not believed; 0 of them is nothing. */
export function countCarrierFault(fault: CarrierFault, count = 1): void {
  if (count > 0) countMetric(METRIC_RUNLIGHT_QUEUE_CARRIER_FAULTS, count, { [ATTR_RUNLIGHT_CARRIER_FAULT]: fault });
}
