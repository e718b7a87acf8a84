import { randomUUID } from 'node:crypto';
import { answerTo, reasoningAbout } from './answer.ts';
import { type Answer } from './answer-stream.ts';
import { type Conversation, type Message, readConversation } from './conversation.ts';
import { exampleValue } from './example-value.ts';
import {
  type JsonObject,
  choiceCount,
  isObject,
  isStreaming,
  modelOf,
  stopStrings,
  tokenLimit,
} from './fields.ts';
import { type Output, limited, usageOf } from './output.ts';
import { type ToolCall, toolCallsFor } from './tool-calls.ts';
import { tokensOf, words } from './tokens.ts';

/** `POST /v1/chat/completions`: the whole answer, or the chunks of one that is streamed. */
export function chatCompletion(body: JsonObject): Answer {
  const conversation = readConversation(body);
  const outputs = Array.from({ length: choiceCount(body) }, () => outputFor(conversation, body));
  const usage = usageOf(tokensOf(conversation.characters), outputs);
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: modelOf(body),
  };
  if (!isStreaming(body)) {
    return {
      whole: { ...head, object: 'chat.completion', choices: outputs.map(wholeChoice), usage },
    };
  }
  const chunkHead = { ...head, object: 'chat.completion.chunk' };
  return {
    choices: outputs.map(piecesOf),
    chunkOf: (choice) => ({ ...chunkHead, choices: [choice] }),
    usageChunk: { ...chunkHead, choices: [], usage },
  };
}

function outputFor({ question }: Conversation, body: JsonObject): Output {
  const toolCalls = toolCallsFor(question, body);
  const isCall = toolCalls.length > 0;
  const output: Output = {
    reasoning: reasoningAbout(question, body.reasoning_effort),
    content: isCall ? '' : contentFor(question, body.response_format),
    toolCalls,
    finishReason: isCall ? 'tool_calls' : 'stop',
  };
  return limited(output, { stop: stopStrings(body), maxTokens: tokenLimit(body) });
}

/** Markdown, or the JSON that `response_format` asks for. */
function contentFor(question: Message, format: unknown): string {
  if (!isObject(format)) return answerTo(question);
  if (format.type === 'json_object') return JSON.stringify({ echo: question.text });
  if (format.type !== 'json_schema' || !isObject(format.json_schema)) return answerTo(question);
  return JSON.stringify(exampleValue(format.json_schema.schema, question.text.trim()));
}

function wholeChoice({ reasoning, content, toolCalls, finishReason }: Output, index: number) {
  const isCall = toolCalls.length > 0;
  const message = {
    role: 'assistant',
    content: isCall ? null : content,
    refusal: null,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(isCall && { tool_calls: toolCalls }),
  };
  return { index, message, logprobs: null, finish_reason: finishReason };
}

/** A streamed choice in the order in which it is sent: reasoning, words, calls, and how it ended. */
function piecesOf(output: Output, index: number): JsonObject[] {
  const { reasoning, content, toolCalls, finishReason } = output;
  const piece = (delta: JsonObject, reason: string | null) => ({
    index,
    delta,
    logprobs: null,
    finish_reason: reason,
  });
  const deltas = [
    { role: 'assistant', content: toolCalls.length > 0 ? null : '' },
    ...words(reasoning).map((word) => ({ reasoning_content: word })),
    ...words(content).map((word) => ({ content: word })),
    ...toolCalls.flatMap(callDeltas),
  ];
  return [...deltas.map((delta) => piece(delta, null)), piece({}, finishReason)];
}

/** First which tool, then the text of its arguments bit by bit. */
function callDeltas({ id, type, function: called }: ToolCall, index: number): JsonObject[] {
  const opening = { index, id, type, function: { name: called.name, arguments: '' } };
  const pieces = called.arguments.match(/.{1,12}/gsu) ?? [];
  const rest = pieces.map((piece) => ({ index, function: { arguments: piece } }));
  return [opening, ...rest].map((call) => ({ tool_calls: [call] }));
}
