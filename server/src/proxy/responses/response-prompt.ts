import { hasForeignTools } from '../requests/chat-prompt.js';
import { isObject } from '../requests/json-body.js';
import { partsOfFile, type PromptSize } from '../requests/token-estimate.js';

/** Tools that the caller runs. Others run at the backend, and the model reads what they find. */
const OF_CALLERS: ReadonlySet<unknown> = new Set([
  'function',
  'custom',
  'local_shell',
  'computer_use_preview',
]);

interface Media {
  parts: number;
  base64Bytes: number;
  grows: boolean;
}

/** Measures a request for a response: what stands in its input as base64 is no text. */
export function responsePromptSize(
  values: Readonly<Record<string, unknown>>,
  input: string | readonly unknown[],
  bodyBytes: number,
): PromptSize {
  const media: Media = { parts: 0, base64Bytes: 0, grows: false };
  const items = typeof input === 'string' ? [input] : input;
  for (const item of items) {
    for (const part of partsOf(item)) if (isObject(part)) measure(part, media);
  }
  const isKeptThere = isObject(values['prompt']);
  return {
    textBytes: Math.max(0, bodyBytes - media.base64Bytes),
    messages: items.length,
    mediaParts: media.parts,
    grows: media.grows || isKeptThere || hasForeignTools(values['tools'], OF_CALLERS),
  };
}

/** Of a message, or of what a tool answered. */
function partsOf(item: unknown): readonly unknown[] {
  if (!isObject(item)) return [];
  const parts = item['content'] ?? item['output'];
  return Array.isArray(parts) ? parts : [];
}

function measure(part: Readonly<Record<string, unknown>>, media: Media): void {
  const { type, image_url: url, input_audio: audio, file_data: data } = part;
  if (type === 'input_image') {
    media.parts += 1;
    if (typeof url === 'string' && url.startsWith('data:')) media.base64Bytes += url.length;
  } else if (type === 'input_audio') {
    media.parts += 1;
    media.base64Bytes += lengthOf(isObject(audio) ? audio['data'] : null);
    media.grows = true;
  } else if (type === 'input_file') {
    media.parts += partsOfFile(data);
    media.base64Bytes += lengthOf(data);
    media.grows = true;
  }
}

function lengthOf(base64: unknown): number {
  return typeof base64 === 'string' ? base64.length : 0;
}
