import { InvalidArgumentError } from "commander";

/** A parser of whole numbers from 1 to `max`. */
export function parseCount(max: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (/^\d+$/u.test(text) && count >= 1 && count <= max) return count;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
  };
}
