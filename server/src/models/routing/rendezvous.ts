const SPAN = 2 ** 32;

/** FNV-1a of a text's UTF-16 units, in 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * How much a key prefers a candidate: the highest score wins. Shares follow the weights, and where a
 * candidate leaves only its own keys move (rendezvous hashing).
 */
export function preference(keyHash: number, seed: number, weight: number): number {
  const drawn = (mixed(keyHash ^ seed) + 0.5) / SPAN;
  return -weight / Math.log(drawn);
}

/** The last step of MurmurHash3: each bit of the input changes half of the output's. */
function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
