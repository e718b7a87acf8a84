import { endOfJsonString } from '../../infrastructure/http/json-scan.js';

const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

/** Where a top-level field's value stands in the bytes of a JSON object: [start, end). */
export interface FieldSpan {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The top-level fields of a JSON object, in order, duplicates included. `json` must be valid JSON of
 * an object: whoever calls has parsed it. Strings are skipped by a native search, so a long prompt
 * costs next to nothing.
 */
export function topLevelFields(json: Buffer): FieldSpan[] {
  const fields: FieldSpan[] = [];
  let at = skipSpace(json, 0) + 1;
  for (;;) {
    at = skipSpace(json, at);
    if (json[at] === CLOSE_BRACE) return fields;
    const keyEnd = endOfJsonString(json, at);
    const key = JSON.parse(json.toString('utf8', at, keyEnd)) as string;
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = endOfValue(json, start);
    fields.push({ key, start, end });
    at = skipSpace(json, end);
    if (json[at] === COMMA) at += 1;
  }
}

/** Exchanges the bytes of [start, end) for `text`; with start = end it inserts. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The same bytes with these places exchanged; every other byte stays as it was. None may overlap. */
export function applyEdits(json: Buffer, edits: readonly Edit[]): Buffer {
  if (edits.length === 0) return json;
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start)) {
    pieces.push(json.subarray(at, start), Buffer.from(text));
    at = end;
  }
  pieces.push(json.subarray(at));
  return Buffer.concat(pieces);
}

/** Puts a field in front of the others of the object that begins at or after `from`. */
export function insertField(json: Buffer, from: number, field: string): Edit {
  const at = skipSpace(json, from) + 1;
  const isEmpty = json[skipSpace(json, at)] === CLOSE_BRACE;
  return { start: at, end: at, text: isEmpty ? field : `${field},` };
}

/** The fields of the object that stands at [start, end). */
export function fieldsWithin(json: Buffer, span: { start: number; end: number }): FieldSpan[] {
  return topLevelFields(json.subarray(span.start, span.end)).map(({ key, start, end }) => ({
    key,
    start: start + span.start,
    end: end + span.start,
  }));
}

function skipSpace(json: Buffer, from: number): number {
  let at = from;
  while (json[at] === 0x20 || json[at] === 0x0a || json[at] === 0x0d || json[at] === 0x09) at += 1;
  return at;
}

function endOfValue(json: Buffer, from: number): number {
  const first = json[from];
  if (first === QUOTE) return endOfJsonString(json, from);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfContainer(json, from);
  let at = from;
  while (json[at] !== COMMA && json[at] !== CLOSE_BRACE && !isSpace(json[at])) at += 1;
  return at;
}

function endOfContainer(json: Buffer, from: number): number {
  let depth = 0;
  let at = from;
  do {
    const byte = json[at];
    if (byte === QUOTE) {
      at = endOfJsonString(json, at);
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    at += 1;
  } while (depth > 0);
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
