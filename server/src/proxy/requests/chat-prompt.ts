import { isObject } from './json-body.js';
import { partsOfFile, type PromptSize } from './token-estimate.js';

const PICTURES: ReadonlySet<unknown> = new Set(['image_url', 'input_image']);
const MOVING: ReadonlySet<unknown> = new Set(['input_audio', 'video_url', 'audio_url']);
/** Tools that the caller runs. Others run at the backend, and the model reads what they find. */
const OF_CALLERS: ReadonlySet<unknown> = new Set(['function', 'custom']);
/** What makes backends look things up without a tool: OpenAI's and OpenRouter's names. */
const LOOKUPS = ['web_search_options', 'plugins'];

interface Media {
  parts: number;
  base64Bytes: number;
  grows: boolean;
}

/** Measures a request for a chat completion without reading its texts. */
export function chatPromptSize(
  values: Readonly<Record<string, unknown>>,
  messages: readonly unknown[],
  bodyBytes: number,
): PromptSize {
  const media: Media = { parts: 0, base64Bytes: 0, grows: false };
  for (const message of messages) {
    const content = isObject(message) ? message['content'] : null;
    if (!Array.isArray(content)) continue;
    for (const part of content as unknown[]) if (isObject(part)) measure(part, media);
  }
  return {
    textBytes: Math.max(0, bodyBytes - media.base64Bytes),
    messages: messages.length,
    mediaParts: media.parts,
    grows: media.grows || looksUp(values) || hasForeignTools(values['tools'], OF_CALLERS),
  };
}

/** Whether one of the tools is of a type that callers do not run. */
export function hasForeignTools(tools: unknown, ofCallers: ReadonlySet<unknown>): boolean {
  if (!Array.isArray(tools)) return false;
  return tools.some((tool) => isObject(tool) && !ofCallers.has(tool['type']));
}

function looksUp(values: Readonly<Record<string, unknown>>): boolean {
  return LOOKUPS.some((field) => (values[field] ?? null) !== null);
}

function measure(part: Readonly<Record<string, unknown>>, media: Media): void {
  const { type } = part;
  if (PICTURES.has(type) || MOVING.has(type)) {
    media.parts += 1;
    media.base64Bytes += base64Length(part[type as string]);
    media.grows ||= MOVING.has(type);
  } else if (type === 'file') {
    const data = isObject(part['file']) ? part['file']['file_data'] : null;
    media.parts += partsOfFile(data);
    media.base64Bytes += typeof data === 'string' ? data.length : 0;
    media.grows = true;
  }
}

/** `{"url":"data:…"}` or `"data:…"` of an image, `{"data":"…"}` of audio. */
function base64Length(media: unknown): number {
  const url = isObject(media) ? media['url'] : media;
  if (typeof url === 'string' && url.startsWith('data:')) return url.length;
  const data = isObject(media) ? media['data'] : null;
  return typeof data === 'string' ? data.length : 0;
}
