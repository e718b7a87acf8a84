import { type AudioLength } from '../audio/audio-length.js';

/** What a request's prompt measures, for estimates. Nothing of it is content. */
export interface PromptSize {
  /** The whole body, but for images and audio that stand in it as base64. */
  readonly textBytes: number;
  readonly messages: number;
  /** Images, audio and video among the messages. */
  readonly mediaParts: number;
  /** Tokens that came as such, by their numbers, and are not among the bytes. None if absent. */
  readonly knownTokens?: number;
  /** A file of audio that comes with it. None if absent. */
  readonly audio?: AudioLength;
}

/** Tokens of an image or a piece of audio, as far as anybody can tell beforehand. */
const TOKENS_OF_MEDIA = 1_000;
/** Role and separators of a message in a chat template. */
const TOKENS_OF_MESSAGE = 8;
/** What a backend may say that an image was: the finest tiling of the largest. */
const MOST_TOKENS_OF_MEDIA = 20_000;
/** A chat template's own words, which no caller sees. */
const MOST_TOKENS_OF_TEMPLATE = 4_096;

/** Of a second of audio, as models cut it: about, as much as is usual, and more than any does. */
const TOKENS_OF_SECOND = 10;
const MANY_TOKENS_OF_SECOND = 25;
const MOST_TOKENS_OF_SECOND = 100;

const MEDIA = new Set(['image_url', 'input_image', 'input_audio', 'video_url', 'audio_url']);

/** Measures a request without reading its texts. */
export function promptSize(messages: readonly unknown[], bodyBytes: number): PromptSize {
  let mediaParts = 0;
  let mediaBytes = 0;
  for (const message of messages) {
    const content = fieldOf(message, 'content');
    if (!Array.isArray(content)) continue;
    for (const part of content as unknown[]) {
      const type = fieldOf(part, 'type');
      if (typeof type !== 'string' || !MEDIA.has(type)) continue;
      mediaParts += 1;
      mediaBytes += base64Length(fieldOf(part, type));
    }
  }
  const textBytes = Math.max(0, bodyBytes - mediaBytes);
  return { textBytes, messages: messages.length, mediaParts };
}

/** More tokens than ordinary text of this size has: what is held for a prompt. */
export function mostPromptTokens(size: PromptSize): number {
  const { textBytes, messages, mediaParts, knownTokens = 0, audio } = size;
  const ofText = Math.ceil(textBytes / 3) + messages * TOKENS_OF_MESSAGE;
  const ofAudio = tokensOfAudio(audio?.most, MANY_TOKENS_OF_SECOND);
  return ofText + mediaParts * TOKENS_OF_MEDIA + knownTokens + ofAudio;
}

/** About what the prompt was: charged where the backend does not say. */
export function likelyPromptTokens(size: PromptSize): number {
  const { textBytes, mediaParts, knownTokens = 0, audio } = size;
  const ofAudio = tokensOfAudio(audio?.likely, TOKENS_OF_SECOND);
  return Math.ceil(textBytes / 4) + mediaParts * TOKENS_OF_MEDIA + knownTokens + ofAudio;
}

/** No tokenizer makes more of a prompt: a token is a byte at the least. What is above is a lie. */
export function plausiblePromptTokens(size: PromptSize): number {
  const { textBytes, messages, mediaParts, knownTokens = 0, audio } = size;
  return (
    textBytes +
    messages * TOKENS_OF_MESSAGE +
    mediaParts * MOST_TOKENS_OF_MEDIA +
    knownTokens +
    tokensOfAudio(audio?.plausible, MOST_TOKENS_OF_SECOND) +
    MOST_TOKENS_OF_TEMPLATE
  );
}

function tokensOfAudio(milliseconds = 0, ofSecond: number): number {
  return Math.ceil((milliseconds / 1000) * ofSecond);
}

/** `{"url":"data:…"}` or `"data:…"` of an image, `{"data":"…"}` of audio. */
function base64Length(media: unknown): number {
  const url = typeof media === 'string' ? media : fieldOf(media, 'url');
  if (typeof url === 'string' && url.startsWith('data:')) return url.length;
  const data = fieldOf(media, 'data');
  return typeof data === 'string' ? data.length : 0;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
