/** What stands in place of a secret. */
export const redactedMark = "[redacted]";
