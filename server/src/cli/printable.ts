/** Names come from outside: none may move the cursor or look like a further line or column. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
