import { isObject } from '../requests/json-body.js';
import { type PromptSize } from '../requests/token-estimate.js';
import { type Fields } from './messages-body.js';

/** A file of this size counts as one image; its pages cannot be counted without reading it. */
const FILE_BYTES_OF_A_PART = 32 * 1024;
/** A file that only has an address may be long. */
const PARTS_OF_A_FAR_FILE = 10;

interface Media {
  parts: number;
  base64Bytes: number;
}

/** Measures a request in Anthropic's format without reading its texts. */
export function messagesPromptSize(messages: readonly Fields[], bodyBytes: number): PromptSize {
  const media: Media = { parts: 0, base64Bytes: 0 };
  for (const { content } of messages) measure(content, media);
  return {
    textBytes: Math.max(0, bodyBytes - media.base64Bytes),
    messages: messages.length,
    mediaParts: media.parts,
  };
}

/** Results of tools have blocks of their own, and so have documents. */
function measure(content: unknown, media: Media, depth = 0): void {
  if (!Array.isArray(content) || depth > 2) return;
  for (const block of content as unknown[]) {
    if (!isObject(block)) continue;
    const { type, source } = block;
    if (type === 'tool_result') measure(block['content'], media, depth + 1);
    else if (type === 'image' && isObject(source)) measureImage(source, media);
    else if (type === 'document' && isObject(source)) measureDocument(source, media, depth);
  }
}

function measureImage({ data }: Fields, media: Media): void {
  media.parts += 1;
  if (typeof data === 'string') media.base64Bytes += data.length;
}

function measureDocument(source: Fields, media: Media, depth: number): void {
  const { type, data, content } = source;
  if (type === 'base64' && typeof data === 'string') {
    media.parts += Math.ceil(data.length / FILE_BYTES_OF_A_PART);
    media.base64Bytes += data.length;
  } else if (type === 'url' || type === 'file') media.parts += PARTS_OF_A_FAR_FILE;
  else measure(content, media, depth + 1);
}
