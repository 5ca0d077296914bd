export { checkQuality } from "./quality/check-quality.ts";
export type { QualityCheck, QualityResult } from "./quality/check-quality.ts";
export type { QualityBounds } from "./quality/judge-value.ts";
