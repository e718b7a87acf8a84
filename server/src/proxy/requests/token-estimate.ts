import { type AudioLength } from '../audio/audio-length.js';

/** What a request's prompt measures, for estimates. Nothing of it is content. */
export interface PromptSize {
  /** The whole body, but for images, audio and files that stand in it as base64. */
  readonly textBytes: number;
  readonly messages: number;
  /** Images, audio, video and pieces of files among the messages. */
  readonly mediaParts: number;
  /**
   * The backend makes more of it than anybody sees here: of sound, films and files, of what its own
   * tools find, of a prompt that it keeps. Not if absent.
   */
  readonly grows?: boolean;
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
/** A prompt that grows ends at the model's window, here where nobody says how large that is; … */
const USUAL_WINDOW = 128_000;
/** … but each round of a backend's own tools reads it again. */
const MOST_TOKENS_OF_ROUNDS = 10_000_000;

/** Of a second of audio, as models cut it: about, as much as is usual, and more than any does. */
const TOKENS_OF_SECOND = 10;
const MANY_TOKENS_OF_SECOND = 25;
const MOST_TOKENS_OF_SECOND = 100;

/**
 * More tokens than ordinary text of this size has: what is held for a prompt. One that grows may fill
 * the model's window.
 */
export function mostPromptTokens(size: PromptSize, contextWindow: number | null): number {
  const { textBytes, messages, mediaParts, knownTokens = 0, audio } = size;
  const ofText = Math.ceil(textBytes / 3) + messages * TOKENS_OF_MESSAGE;
  const ofAudio = tokensOfAudio(audio?.most, MANY_TOKENS_OF_SECOND);
  const most = ofText + mediaParts * TOKENS_OF_MEDIA + knownTokens + ofAudio;
  return size.grows ? Math.max(most, contextWindow ?? USUAL_WINDOW) : most;
}

/** About what the prompt was: charged where the backend does not say. */
export function likelyPromptTokens(size: PromptSize): number {
  const { textBytes, mediaParts, knownTokens = 0, audio } = size;
  const ofAudio = tokensOfAudio(audio?.likely, TOKENS_OF_SECOND);
  return Math.ceil(textBytes / 4) + mediaParts * TOKENS_OF_MEDIA + knownTokens + ofAudio;
}

/**
 * No tokenizer makes more of a prompt: a token is a byte at the least. What is above is a lie, but for
 * a prompt that grows, of which the backend alone knows.
 */
export function plausiblePromptTokens(size: PromptSize): number {
  const { textBytes, messages, mediaParts, knownTokens = 0, audio } = size;
  if (size.grows) return MOST_TOKENS_OF_ROUNDS;
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
