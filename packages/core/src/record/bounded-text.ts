/** `text` cut to `maxLength` UTF-16 units, the cut marked with how much is missing. */
export function boundText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength)}… [${text.length - maxLength} more]`;
}
