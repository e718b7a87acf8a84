import { isObject } from './json-body.js';
import { PromptMedia } from './prompt-media.js';
import { type PromptSize } from './token-estimate.js';

const PICTURES: ReadonlySet<unknown> = new Set(['image_url', 'input_image']);
const MOVING: ReadonlySet<unknown> = new Set(['input_audio', 'video_url', 'audio_url']);
/** Tools that the caller runs. Others run at the backend, and the model reads what they find. */
const OF_CALLERS: ReadonlySet<unknown> = new Set(['function', 'custom']);
/** What makes backends look things up without a tool: OpenAI's and OpenRouter's names. */
const LOOKUPS = ['web_search_options', 'plugins'];

/** Measures a request for a chat completion without reading its texts. */
export function chatPromptSize(
  values: Readonly<Record<string, unknown>>,
  messages: readonly unknown[],
  bodyBytes: number,
): PromptSize {
  const media = new PromptMedia();
  for (const message of messages) {
    const content = isObject(message) ? message['content'] : null;
    if (!Array.isArray(content)) continue;
    for (const part of content as unknown[]) if (isObject(part)) measure(part, media);
  }
  const grows = looksUp(values) || hasForeignTools(values['tools'], OF_CALLERS);
  return media.sizeOf(bodyBytes, messages.length, grows);
}

/** Whether one of the tools is of a type that callers do not run. */
export function hasForeignTools(tools: unknown, ofCallers: ReadonlySet<unknown>): boolean {
  if (!Array.isArray(tools)) return false;
  return tools.some((tool) => isObject(tool) && !ofCallers.has(tool['type']));
}

function looksUp(values: Readonly<Record<string, unknown>>): boolean {
  return LOOKUPS.some((field) => (values[field] ?? null) !== null);
}

function measure(part: Readonly<Record<string, unknown>>, media: PromptMedia): void {
  const { type, file } = part;
  if (PICTURES.has(type)) media.addImage(base64In(part[type as string]));
  else if (MOVING.has(type)) media.addMoving(base64In(part[type as string]));
  else if (type === 'file') media.addFile(isObject(file) ? file['file_data'] : null);
}

/** `{"url":"data:…"}` or `"data:…"` of an image, `{"data":"…"}` of audio. */
function base64In(media: unknown): unknown {
  const url = isObject(media) ? media['url'] : media;
  if (typeof url === 'string' && url.startsWith('data:')) return url;
  return isObject(media) ? media['data'] : null;
}
