const LONGEST = 60;
const MOST_NAMES = 6;

/** A value in words, for `found …`. Credentials within addresses are left out. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return describeText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'an empty list';
    return value.length === 1 ? 'a list of 1 item' : `a list of ${value.length} items`;
  }
  return describeMapping(Object.keys(value));
}

/** What kind of value it is, and nothing of the value itself. */
export function describeHidden(value: unknown): string {
  if (typeof value === 'string') return `a text of ${value.length} characters (not shown)`;
  if (typeof value === 'number') return 'a number (not shown); put it in quotes';
  if (typeof value === 'boolean') return 'true or false; put it in quotes';
  return describeValue(value);
}

/** As keys and tokens are: long, of one piece, letters and digits. Names of models have a slash or a dot. */
const KEY_LIKE = /^(?=.*\d)(?=.*[a-z])[\w+=~-]{24,}$/i;
const KEY_PREFIX = /^(?:sk|pk|ghp|hf|xoxb|glpat|Bearer)[-_ ]/i;

function describeText(value: string): string {
  // Somebody put a key where something else belongs; it must not be in the log for that.
  if (KEY_LIKE.test(value) || KEY_PREFIX.test(value)) return describeHidden(value);
  const safe = value.replace(/\/\/[^/@\s]*@/g, '//…@');
  return `the text ${JSON.stringify(safe.length > LONGEST ? `${safe.slice(0, LONGEST)}…` : safe)}`;
}

function describeMapping(names: readonly string[]): string {
  if (names.length === 0) return 'an empty mapping';
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return `a mapping with ${shown}${names.length > MOST_NAMES ? ', …' : ''}`;
}
