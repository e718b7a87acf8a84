const SHORTEST_SHOWN_FULLY = 24;
const HEAD = 11;
const TAIL = 4;

/** Enough of a key to tell it from others: `sk-abc12345...xyz9`. Of a short one, much less. */
export function maskKey(key: string): string {
  const isLong = key.length >= SHORTEST_SHOWN_FULLY;
  const head = isLong ? HEAD : Math.floor(key.length / 4);
  const tail = isLong ? TAIL : Math.floor(key.length / 8);
  return `${key.slice(0, head)}...${key.slice(key.length - tail)}`;
}
