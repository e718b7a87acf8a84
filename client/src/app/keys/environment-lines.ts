/** The lines to paste that have the usual programs use a key of this site. */
export function environmentLines(key: string, origin: string): string {
  return `export OPENAI_API_KEY="${key}"\nexport OPENAI_BASE_URL="${origin}/v1"`;
}
