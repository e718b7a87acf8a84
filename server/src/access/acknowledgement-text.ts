import { createHash } from 'node:crypto';

/** What a person is shown and agrees to before a model is used for the first time. */
export interface AcknowledgementText {
  readonly text: string;
  /** SHA-256 as 43 base64url characters: tells one text from another. */
  readonly hash: string;
}

const BUILT_IN =
  'This model asks for your agreement before you use it. Its answers can be wrong or unsuitable: check them before you rely on them, and send it nothing that you may not share.';

/** The text of a model: its own, else that of the defaults, else a general one. */
export function acknowledgementText(
  ofModel: string | null,
  ofDefaults: string | null,
): AcknowledgementText {
  // An empty text is no text: there would be nothing to agree to.
  const text = ofModel || ofDefaults || BUILT_IN;
  return Object.freeze({ text, hash: createHash('sha256').update(text).digest('base64url') });
}
