import { hasForeignTools } from '../requests/chat-prompt.js';
import { isObject } from '../requests/json-body.js';
import { PromptMedia } from '../requests/prompt-media.js';
import { type PromptSize } from '../requests/token-estimate.js';

/** Tools that the caller runs. Others run at the backend, and the model reads what they find. */
const OF_CALLERS: ReadonlySet<unknown> = new Set([
  'function',
  'custom',
  'local_shell',
  'computer_use_preview',
]);

/** Measures a request for a response: what stands in its input as base64 is no text. */
export function responsePromptSize(
  values: Readonly<Record<string, unknown>>,
  input: string | readonly unknown[],
  bodyBytes: number,
): PromptSize {
  const media = new PromptMedia();
  const items = typeof input === 'string' ? [input] : input;
  for (const item of items) {
    for (const part of partsOf(item)) if (isObject(part)) measure(part, media);
  }
  const isKeptThere = isObject(values['prompt']);
  const grows = isKeptThere || hasForeignTools(values['tools'], OF_CALLERS);
  return media.sizeOf(bodyBytes, items.length, grows);
}

/** Of a message, or of what a tool answered. */
function partsOf(item: unknown): readonly unknown[] {
  if (!isObject(item)) return [];
  const parts = item['content'] ?? item['output'];
  return Array.isArray(parts) ? parts : [];
}

function measure(part: Readonly<Record<string, unknown>>, media: PromptMedia): void {
  const { type, image_url: url, input_audio: audio, file_data: data } = part;
  const isHere = typeof url === 'string' && url.startsWith('data:');
  if (type === 'input_image') media.addImage(isHere ? url : null);
  else if (type === 'input_audio') media.addMoving(isObject(audio) ? audio['data'] : null);
  else if (type === 'input_file') media.addFile(data);
}
