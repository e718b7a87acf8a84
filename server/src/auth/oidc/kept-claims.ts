const LARGEST_CLAIM = 128 * 1024;
const LARGEST_TOTAL = 256 * 1024;
const LONGEST_NAME = 256;

/** What is about the token and not about the person, and a name that no object should have. */
const NOT_KEPT = new Set([
  '__proto__',
  'aud',
  'exp',
  'iat',
  'nbf',
  'nonce',
  'jti',
  'azp',
  'at_hash',
  'c_hash',
  's_hash',
  'sid',
  'auth_time',
]);

export interface KeptClaims {
  claims: Record<string, unknown>;
  /** Names of claims that were too large to keep. */
  dropped: string[];
}

/**
 * The claims about a person that are worth keeping for the rules of groups: all of a usual login,
 * and of a monstrous one as many, smallest first, as fit into 256 K characters of JSON.
 */
export function keptClaims(all: Readonly<Record<string, unknown>>): KeptClaims {
  const sized = Object.entries(all)
    .filter(([name]) => !NOT_KEPT.has(name))
    .map(([name, value]) => ({ name, value, size: sizeOf(name, value) }))
    .sort((one, other) => one.size - other.size);
  const kept: [string, unknown][] = [];
  const dropped: string[] = [];
  let total = 0;
  for (const { name, value, size } of sized) {
    const fits = name.length <= LONGEST_NAME && size <= LARGEST_CLAIM;
    if (fits && total + size <= LARGEST_TOTAL) {
      total += size;
      kept.push([name, value]);
    } else {
      dropped.push(name.slice(0, LONGEST_NAME));
    }
  }
  return { claims: Object.fromEntries(kept), dropped };
}

function sizeOf(name: string, value: unknown): number {
  return name.length + (JSON.stringify(value) ?? '').length + 4;
}
