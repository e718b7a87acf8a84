/** Text of a caller as both databases can keep it: PostgreSQL has no NUL. */
export function storableText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
