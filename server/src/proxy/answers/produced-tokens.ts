/**
 * Where a text that the model wrote begins: these keys, and a string as their value. `input` is what
 * it gives a tool that takes any text, `transcript` what it says aloud, `text` a part of a list.
 */
const PRODUCED =
  /"(content|reasoning_content|reasoning|thinking|text|summary|refusal|arguments|input|transcript)"\s*:\s*"/g;
/** Backends send a thought under several of these names, one behind the other. */
const THOUGHTS = new Set(['reasoning_content', 'reasoning', 'thinking', 'text', 'summary']);
const LONGEST_SINGLE_TOKEN = 20;
const BYTES_OF_A_TOKEN = 4;

/**
 * About how many tokens the model wrote in this JSON, or in these chunks of a stream: one for each
 * text of up to 20 bytes, since backends send a token at a time, and one for every 4 bytes of longer
 * ones. Quotes inside strings are escaped, so that nothing a model writes looks like a key. `json`
 * is decoded as latin1: its length is in bytes, and decoding costs next to nothing.
 */
export function countProduced(json: string): number {
  let tokens = 0;
  let thought: string | null = null;
  let thoughtKey = '';
  PRODUCED.lastIndex = 0;
  for (let match = PRODUCED.exec(json); match; match = PRODUCED.exec(json)) {
    const key = match[1]!;
    const start = PRODUCED.lastIndex;
    const end = endOfString(json, start);
    PRODUCED.lastIndex = end;
    if (end === start) continue;
    if (THOUGHTS.has(key)) {
      const text = json.slice(start, end);
      if (key !== thoughtKey && text === thought) continue;
      thought = text;
      thoughtKey = key;
    } else thought = null;
    tokens += tokensOf(json, start, end);
  }
  return tokens;
}

/**
 * The same for other keys than those of chats. `texts` is a global expression that ends behind the
 * opening quote of a text.
 */
export function countTexts(json: string, texts: RegExp): number {
  let tokens = 0;
  texts.lastIndex = 0;
  while (texts.test(json)) {
    const start = texts.lastIndex;
    const end = endOfString(json, start);
    texts.lastIndex = end;
    if (end > start) tokens += tokensOf(json, start, end);
  }
  return tokens;
}

/** Tokens of a text of so many bytes. */
export function tokensOfBytes(bytes: number): number {
  if (bytes === 0) return 0;
  return bytes <= LONGEST_SINGLE_TOKEN ? 1 : Math.ceil(bytes / BYTES_OF_A_TOKEN);
}

function tokensOf(json: string, start: number, end: number): number {
  const written = end - start;
  if (written <= LONGEST_SINGLE_TOKEN) return 1;
  const escape = json.indexOf('\\', start);
  return tokensOfBytes(escape === -1 || escape >= end ? written : unescaped(json, start, end));
}

/** The bytes that a string with escapes stands for; those that stood there as bytes are one each. */
function unescaped(json: string, start: number, end: number): number {
  try {
    const text = JSON.parse(`"${json.slice(start, end)}"`) as string;
    let bytes = 0;
    for (let at = 0; at < text.length; at += 1) bytes += text.charCodeAt(at) > 0xff ? 3 : 1;
    return bytes;
  } catch {
    return end - start;
  }
}

/** The index of the closing quote, or the end of a text that was cut. */
function endOfString(json: string, from: number): number {
  let quote = json.indexOf('"', from);
  while (quote !== -1 && isEscaped(json, quote)) quote = json.indexOf('"', quote + 1);
  return quote === -1 ? json.length : quote;
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0;
  while (json[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
