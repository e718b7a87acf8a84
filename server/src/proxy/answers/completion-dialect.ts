import { type AnswerDialect } from './answer-dialect.js';
import { CHAT_DIALECT } from './chat-dialect.js';
import { textLengthEnding } from './length-ending.js';
import { countTexts } from './produced-tokens.js';

/** Where a text of a choice begins: this key, and a string as its value. */
const TEXT = /"text"\s*:\s*"/g;

/** OpenAI's text completions. Their events differ from those of chats in where the texts stand. */
export const COMPLETION_DIALECT: AnswerDialect = {
  ...CHAT_DIALECT,
  count: (json) => countTexts(json, TEXT),
  lengthEnding: textLengthEnding,
};

/** Of a whole answer that repeats the prompts: so many of the tokens in it were not written. */
export function echoingDialect(promptTokens: number): AnswerDialect {
  const count = (json: string) => Math.max(0, COMPLETION_DIALECT.count(json) - promptTokens);
  return { ...COMPLETION_DIALECT, count };
}
