/** An answer's text, taken apart into what the model thought and what it says. */
export interface ThoughtAndSpeech {
  reasoning: string;
  content: string;
}

const OPEN = '<think>';
const CLOSE = '</think>';
const ONLY_CLOSED = /^[ \t]*<\/think>[ \t]*$/m;

/**
 * Separates `<think>…</think>` at the beginning of an answer from the rest. Also knows the form
 * in which the opening tag is part of the prompt, so that the answer only has the closing one on
 * a line of its own. Works on text that is still growing: a tag that has only half arrived is
 * held back.
 */
export function splitThinking(text: string): ThoughtAndSpeech {
  const start = text.trimStart();
  if (start.length < OPEN.length && OPEN.startsWith(start)) return { reasoning: '', content: '' };
  if (start.startsWith(OPEN)) return splitAt(start.slice(OPEN.length), CLOSE);
  const close = text.includes(OPEN) ? null : ONLY_CLOSED.exec(text);
  if (close === null) return { reasoning: '', content: text };
  return splitAt(text, close[0]);
}

function splitAt(text: string, close: string): ThoughtAndSpeech {
  const end = text.indexOf(close);
  if (end === -1) return { reasoning: withoutHalfTag(text).trim(), content: '' };
  return {
    reasoning: text.slice(0, end).trim(),
    content: text.slice(end + close.length).trimStart(),
  };
}

function withoutHalfTag(text: string): string {
  const bracket = text.lastIndexOf('<');
  return bracket !== -1 && CLOSE.startsWith(text.slice(bracket)) ? text.slice(0, bracket) : text;
}
