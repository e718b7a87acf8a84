import { randomUUID } from 'node:crypto';
import { answerTo } from './answer.ts';
import { type Answer } from './answer-stream.ts';
import {
  type JsonObject,
  choiceCount,
  isStreaming,
  modelOf,
  stopStrings,
  tokenLimit,
} from './fields.ts';
import { type Output, limited, usageOf } from './output.ts';
import { readInputs } from './text-input.ts';
import { words } from './tokens.ts';

/** `POST /v1/completions`: an answer to each prompt, `n` times. */
export function completion(body: JsonObject): Answer {
  const prompts = readInputs(body, 'prompt');
  const repeats = Array.from({ length: choiceCount(body) });
  const outputs = prompts.flatMap(({ text }) => repeats.map(() => outputFor(text, body)));
  const promptTokens = prompts.reduce((sum, { tokens }) => sum + tokens, 0);
  const usage = usageOf(promptTokens, outputs);
  const head = {
    id: `cmpl-${randomUUID()}`,
    object: 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model: modelOf(body),
  };
  // What is repeated of the prompt is no output: it is added after the usage was worked out.
  const echo = (index: number) =>
    body.echo === true ? textAt(prompts, index, repeats.length) : '';
  const shown = outputs.map((output, index) => ({
    ...output,
    content: echo(index) + output.content,
  }));
  if (!isStreaming(body)) return { whole: { ...head, choices: shown.map(wholeChoice), usage } };
  return {
    choices: shown.map(piecesOf),
    chunkOf: (choice) => ({ ...head, choices: [choice] }),
    usageChunk: { ...head, choices: [], usage },
  };
}

function outputFor(prompt: string, body: JsonObject): Output {
  const question = { role: 'user', text: prompt, images: 0, recordings: 0, files: 0 };
  const content = answerTo(question);
  const output: Output = { reasoning: '', content, toolCalls: [], finishReason: 'stop' };
  return limited(output, { stop: stopStrings(body), maxTokens: tokenLimit(body) });
}

function textAt(prompts: { text: string }[], index: number, repeats: number): string {
  return prompts[Math.floor(index / repeats)]!.text;
}

function wholeChoice({ content, finishReason }: Output, index: number) {
  return { index, text: content, logprobs: null, finish_reason: finishReason };
}

function piecesOf({ content, finishReason }: Output, index: number): JsonObject[] {
  const pieces = words(content).map((text) => ({
    index,
    text,
    logprobs: null,
    finish_reason: null,
  }));
  return [...pieces, { index, text: '', logprobs: null, finish_reason: finishReason }];
}
