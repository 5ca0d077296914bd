/**
 * A WebAssembly module with one function, `spin(n: i32): i32`: n steps of a linear congruential generator. Work in wasm costs the
 * same whatever the compiler makes of the JavaScript around it. Written out as bytes because the repository has no wasm compiler.
 */
const moduleBytes = Buffer.from(
  [
    "0061736d01000000",
    "01060160017f017f", // type 0: (i32) -> i32
    "03020100", // function 0 has type 0
    "070801047370696e0000", // export "spin"
    "0a25012301017f", // code: one local, x
    "0340", // loop
    "2001418dcce5006c", // x * 1664525
    "41dfe6bbe3036a2101", // + 1013904223 -> x
    "200041016b2200", // n - 1 -> n
    "0d000b", // again while n is not 0; end
    "20010b", // x
  ].join(""),
  "hex",
);

/** Gives `spin(n)`: n of 1 or more steps of about a nanosecond each. */
export function createSpin(): (steps: number) => number {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes));
  return instance.exports["spin"] as (steps: number) => number;
}
