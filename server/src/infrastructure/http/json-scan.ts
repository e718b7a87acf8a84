const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Bytes of a string that are looked at one by one before a native search takes over. */
const NEAR = 64;
/** Far above any tool's schema. */
const DEEPEST = 500;
/** A hundred thousand messages have about half of it. */
const MOST_PARTS = 1_000_000;

/**
 * Why this JSON is not parsed: a few megabytes of brackets become hundreds of megabytes of objects,
 * and hold up everybody else meanwhile. Null if it may be. Lists of numbers are counted as one part.
 */
export function jsonExcess(json: Buffer): string | null {
  let depth = 0;
  let parts = 0;
  let at = 0;
  while (at < json.length) {
    const byte = json[at];
    if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    const isOpening = byte === OPEN_BRACE || byte === OPEN_BRACKET;
    if (isOpening) depth += 1;
    if (depth > DEEPEST) return `it is nested more than ${DEEPEST} deep`;
    if (isOpening || byte === QUOTE) parts += 1;
    if (parts > MOST_PARTS) return `it has more than ${MOST_PARTS} objects, lists and texts`;
    at = byte === QUOTE ? endOfJsonString(json, at) : at + 1;
  }
  return null;
}

/**
 * `from` is at the opening quote; answers the index after the closing one, or the end of the bytes.
 * Long texts are skipped by a native search; texts full of escaped quotes, where that would stop at
 * every one, are looked through.
 */
export function endOfJsonString(json: Buffer, from: number): number {
  let at = from + 1;
  for (;;) {
    const near = Math.min(at + NEAR, json.length);
    while (at < near) {
      const byte = json[at];
      if (byte === QUOTE) return at + 1;
      at += byte === BACKSLASH ? 2 : 1;
    }
    const quote = json.indexOf(QUOTE, at);
    if (quote === -1) return json.length;
    if (!isEscaped(json, quote)) return quote + 1;
    at = quote + 1;
  }
}

function isEscaped(json: Buffer, at: number): boolean {
  let backslashes = 0;
  while (json[at - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}
