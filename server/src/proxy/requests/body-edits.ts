import { type CompletionRequest } from './completion-request.js';
import { applyEdits, type Edit, type FieldSpan, fieldsWithin, insertField } from './json-fields.js';

const OPEN_BRACE = 0x7b;
const USAGE_WANTED = '"include_usage":true';
const LIMITS = new Set(['max_tokens', 'max_completion_tokens']);

/** What differs between what the caller sent and what the backend gets. */
export interface BodyChanges {
  /** The name the backend knows the model by. */
  model: string;
  /** Output tokens per choice that the backend must not exceed; null: as the caller said. */
  outputLimit: number | null;
  /** The limit's name where the caller set none. */
  limitField: string;
}

/**
 * The bytes for the backend: those that came, with single values exchanged or put in. The very same
 * ones if nothing differs.
 */
export function upstreamBody(request: CompletionRequest, changes: BodyChanges): Buffer {
  const edits: Edit[] = [];
  if (request.model !== changes.model) edits.push(modelEdit(request, changes.model));
  if (request.isStream && !request.wantsUsage) edits.push(usageEdit(request));
  if (changes.outputLimit !== null) {
    edits.push(...limitEdits(request, changes.outputLimit, changes.limitField));
  }
  return applyEdits(request.bytes, edits);
}

function modelEdit({ bytes, fields }: CompletionRequest, name: string): Edit {
  const text = JSON.stringify(name);
  const span = fields.find(({ key }) => key === 'model');
  if (!span) return insertField(bytes, 0, `"model":${text}`);
  return { start: span.start, end: span.end, text };
}

function usageEdit({ bytes, fields }: CompletionRequest): Edit {
  const options = fields.find(({ key }) => key === 'stream_options');
  if (!options) return insertField(bytes, 0, `"stream_options":{${USAGE_WANTED}}`);
  const { start, end } = options;
  if (bytes[start] !== OPEN_BRACE) return { start, end, text: `{${USAGE_WANTED}}` };
  const wanted = fieldsWithin(bytes, options).findLast(({ key }) => key === 'include_usage');
  if (!wanted) return insertField(bytes, start, USAGE_WANTED);
  return { start: wanted.start, end: wanted.end, text: 'true' };
}

/** Limits that are above are lowered. Where there is none, the first null is filled or a field is added. */
function limitEdits(request: CompletionRequest, limit: number, name: string): Edit[] {
  const { bytes, fields } = request;
  const valueOf = ({ start, end }: FieldSpan) => bytes.toString('latin1', start, end);
  const edit = ({ start, end }: FieldSpan): Edit => ({ start, end, text: String(limit) });
  const named = fields.filter(({ key }) => LIMITS.has(key));
  const set = named.filter((field) => valueOf(field) !== 'null');
  if (set.length > 0) return set.filter((field) => Number(valueOf(field)) > limit).map(edit);
  const [empty] = named;
  return [empty ? edit(empty) : insertField(bytes, 0, `"${name}":${limit}`)];
}
