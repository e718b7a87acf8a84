import { type JsonBody, spelledPlainly } from './json-body.js';
import { applyEdits, type Edit, type FieldSpan, fieldsWithin, insertField } from './json-fields.js';

const OPEN_BRACE = 0x7b;
const USAGE_WANTED = '"include_usage":true';

/** What differs between what the caller sent and what the backend gets. */
export interface BodyChanges {
  /** The name the backend knows the model by; null: the caller's. */
  readonly model: string | null;
  /** Output tokens per choice that the backend must not exceed; null: as the caller said. */
  readonly limit: OutputLimit | null;
  /** `stream_options.include_usage` is put in. */
  readonly asksUsage: boolean;
}

export interface OutputLimit {
  readonly tokens: number;
  /** What limits are called. */
  readonly fields: ReadonlySet<string>;
  /** What it is called where the caller set none. */
  readonly newField: string;
}

/**
 * The bytes for the backend: those that came, with single values exchanged or put in. The very same
 * ones if nothing differs.
 */
export function editedBody(body: JsonBody, { model, limit, asksUsage }: BodyChanges): Buffer {
  const edits: Edit[] = [];
  if (model !== null) edits.push(modelEdit(body, model));
  if (asksUsage) edits.push(...usageEdits(body));
  if (limit) edits.push(...limitEdits(body, limit));
  return applyEdits(body.bytes, edits);
}

function modelEdit({ bytes, fields }: JsonBody, name: string): Edit {
  const text = JSON.stringify(name);
  const span = fields.find(({ key }) => key === 'model');
  if (!span) return insertField(bytes, 0, `"model":${text}`);
  return { start: span.start, end: span.end, text };
}

/** However often and in whatever spelling a caller said no, the backend reads yes. */
function usageEdits({ bytes, fields }: JsonBody): Edit[] {
  const options = fields.find(({ key }) => key === 'stream_options');
  if (!options) return [insertField(bytes, 0, `"stream_options":{${USAGE_WANTED}}`)];
  const { start, end } = options;
  if (bytes[start] !== OPEN_BRACE) return [{ start, end, text: `{${USAGE_WANTED}}` }];
  const said = fieldsWithin(bytes, options).filter(
    ({ key }) => spelledPlainly(key) === 'include_usage',
  );
  const edits = said.map((field): Edit => ({ start: field.start, end: field.end, text: 'true' }));
  if (said.some(({ key }) => key === 'include_usage')) return edits;
  return [insertField(bytes, start, USAGE_WANTED), ...edits];
}

/** Limits that are above are lowered. Where there is none, the first null is filled or a field is added. */
function limitEdits({ bytes, fields }: JsonBody, limit: OutputLimit): Edit[] {
  const { tokens, newField } = limit;
  const valueOf = ({ start, end }: FieldSpan) => bytes.toString('latin1', start, end);
  const edit = ({ start, end }: FieldSpan): Edit => ({ start, end, text: String(tokens) });
  const named = fields.filter(({ key }) => limit.fields.has(key));
  const set = named.filter((field) => valueOf(field) !== 'null');
  if (set.length > 0) return set.filter((field) => Number(valueOf(field)) > tokens).map(edit);
  const [empty] = named;
  return [empty ? edit(empty) : insertField(bytes, 0, `"${newField}":${tokens}`)];
}
