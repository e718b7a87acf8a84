const CHARACTERS_PER_TOKEN = 4;

/** Characters as people count them: an emoji is one, though JavaScript's `length` says two. */
export function countCharacters(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length - 1; at += 1) {
    if (!isPair(text, at)) continue;
    pairs += 1;
    at += 1;
  }
  return text.length - pairs;
}

/** The echo model's tokens: four characters each, a remainder is free. */
export function tokensOf(characters: number): number {
  return Math.floor(characters / CHARACTERS_PER_TOKEN);
}

/** How many characters an answer keeps that is cut to `tokens`. */
export function charactersOf(tokens: number): number {
  return tokens * CHARACTERS_PER_TOKEN;
}

/** The first `count` characters; never half of one. */
export function firstCharacters(text: string, count: number): string {
  let at = 0;
  for (let left = count; left > 0 && at < text.length; left -= 1) at += isPair(text, at) ? 2 : 1;
  return text.slice(0, at);
}

/** Pieces of one word each, with the space before it; together they are `text`. */
export function words(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}
