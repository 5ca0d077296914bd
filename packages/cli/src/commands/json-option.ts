import { Option } from "commander";

/** The option by which a command answers in JSON. */
export function jsonOption(): Option {
  return new Option("--json", "print one JSON document; times are RFC 3339 in UTC");
}
