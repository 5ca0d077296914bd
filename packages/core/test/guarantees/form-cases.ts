import assert from "node:assert/strict";
import { Kernel, Stage } from "@runlight/core";
import { workTyped } from "./fixtures/types.ts";
import type { GuaranteeCase } from "./guarantee-case.ts";

/** Decorators and types: the forms that are more than a call. */
export const formCases: readonly GuaranteeCase[] = [
  ...(["standard", "legacy"] as const).map((dialect): GuaranteeCase => ({
    row: dialect === "standard" ? "TC39 decorators" : "`experimentalDecorators`",
    guarantee: "methods and static methods keep `this`, name and length",
    async work({ decorated }) {
      const { createLoader } = await decorated(dialect);
      const Loader = createLoader({ Stage, Kernel });
      const loader = new Loader();
      assert.equal(await loader.load(1), 12);
      assert.equal(Loader.double(4), 8);
      assert.deepEqual([loader.load.name, loader.load.length], ["load", 1]);
      assert.deepEqual([Loader.double.name, Loader.double.length], ["double", 1]);
      assert.deepEqual(Object.keys(loader), ["base"]);
    },
    spans: ["kernel double success < load", "stage load success", "kernel double success"],
  })),
  {
    row: "a decorator on no method",
    guarantee:
      "getters, static ones too, fields and forgotten parentheses are refused when the class is made, and told as what they are",
    async work({ decorated }) {
      const faults = async (dialect: "legacy" | "standard"): Promise<readonly unknown[]> => {
        const { createGetter, createStaticGetter, createField, createBare } = await decorated(dialect);
        return [createGetter, createStaticGetter, createField, createBare].map((create) => {
          try {
            return create({ Stage, Kernel });
          } catch (error) {
            return error instanceof TypeError ? error.message : error;
          }
        });
      };
      const refusal = "Cannot decorate size as stage: it must be a method, current value is";
      const bare = 'write @Stage() or @Stage("name")';
      assert.deepEqual(await faults("standard"), [
        `${refusal} a getter`,
        `${refusal} a getter`,
        `${refusal} a field`,
        `Cannot decorate as stage: name must be a text, current value is of type function; ${bare}`,
      ]);
      assert.deepEqual(await faults("legacy"), [
        `${refusal} an accessor`,
        `${refusal} an accessor`,
        `${refusal} a field or class`,
        `Cannot decorate as stage: name must be a text, current value is of type object; ${bare}`,
      ]);
    },
    spans: [],
  },
  {
    row: "types",
    guarantee: "a call has the type of what its body gives, a wrapped function its own: generic, overloaded, narrowing",
    work: () => workTyped(),
    spans: ["stage s success", "stage g success", "kernel k success", "stage o success"],
  },
];
