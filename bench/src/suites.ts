import { allocation } from "./suite/allocation.ts";
import { blocked } from "./suite/blocked.ts";
import { burst } from "./suite/burst.ts";
import { flights } from "./suite/flights.ts";
import { logs } from "./suite/logs.ts";
import { metrics } from "./suite/metrics.ts";
import { operation } from "./suite/operation.ts";
import { paced } from "./suite/paced.ts";
import { profile } from "./suite/profile.ts";
import { spool } from "./suite/spool.ts";
import { start } from "./suite/start.ts";
import type { Suite } from "./suite/suite.ts";
import { work } from "./suite/work.ts";

/** All suites, in reading order. */
export const suites: readonly Suite[] = [
  operation,
  work,
  allocation,
  metrics,
  paced,
  burst,
  blocked,
  logs,
  start,
  spool,
  flights,
  profile,
];
