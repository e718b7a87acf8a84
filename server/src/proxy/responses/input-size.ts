import { isObject } from '../requests/json-body.js';
import { type PromptSize } from '../requests/token-estimate.js';

const MEDIA: ReadonlySet<unknown> = new Set(['input_image', 'input_audio']);

/** Measures the input of a response: what stands there as base64 is no text. */
export function inputSize(input: string | readonly unknown[], bodyBytes: number): PromptSize {
  if (typeof input === 'string') return { textBytes: bodyBytes, messages: 1, mediaParts: 0 };
  let mediaParts = 0;
  let mediaBytes = 0;
  for (const item of input) {
    for (const part of partsOf(item)) {
      if (!isObject(part) || !MEDIA.has(part['type'])) continue;
      mediaParts += 1;
      mediaBytes += base64Length(part);
    }
  }
  const textBytes = Math.max(0, bodyBytes - mediaBytes);
  return { textBytes, messages: input.length, mediaParts };
}

/** Of a message, or of what a tool answered. */
function partsOf(item: unknown): readonly unknown[] {
  if (!isObject(item)) return [];
  const parts = item['content'] ?? item['output'];
  return Array.isArray(parts) ? parts : [];
}

function base64Length(part: Readonly<Record<string, unknown>>): number {
  const { image_url: url, input_audio: audio } = part;
  if (typeof url === 'string') return url.startsWith('data:') ? url.length : 0;
  const data = isObject(audio) ? audio['data'] : null;
  return typeof data === 'string' ? data.length : 0;
}
