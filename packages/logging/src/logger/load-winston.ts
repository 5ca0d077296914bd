import { createRequire } from "node:module";
import type winston from "winston";
import type Transport from "winston-transport";

/* winston is loaded with the first logger: it takes longer to load than telemetry takes to start, and many programs make no logger. */

const require = createRequire(import.meta.url);

/** winston. */
export const loadWinston = (): typeof winston => require("winston") as typeof winston;

/** What every winston transport is made of. */
export const loadTransport = (): typeof Transport => require("winston-transport") as typeof Transport;
