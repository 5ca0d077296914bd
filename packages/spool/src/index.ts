export type { OtlpEndpoint, Signal, SpoolBounds, TlsSettings } from "./settings.ts";
