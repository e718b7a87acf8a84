import { invalid, isObject } from '../requests/json-body.js';
import { blocksOf, isThought, type Part, partsOf, unsupported } from './chat-parts.js';
import { type Fields, textIn } from './messages-body.js';

const SHOWN_LATER = 'The result is in the message that follows.';

/**
 * The conversation as chat completions have it: the system prompt as a message, results of tools as
 * messages of their own, images as addresses. Thoughts are left out, no other backend could use them.
 * @throws AppError invalid_request for what has no counterpart there
 */
export function chatMessagesOf(system: unknown, messages: readonly Fields[]): object[] {
  const spoken = messages.flatMap((message, index) => {
    const at = `messages.${index}`;
    const blocks = blocksOf(message['content'], `${at}.content`);
    if (message['role'] === 'assistant') return [assistantMessage(blocks, at)];
    if (message['role'] === 'system') return [systemMessage(textOf(blocks, `${at}.content`))];
    return userMessages(blocks, at);
  });
  return [...systemMessages(system), ...spoken];
}

function systemMessages(system: unknown): object[] {
  if (system === undefined || system === null) return [];
  const content = textOf(blocksOf(system, 'system'), 'system');
  return content === '' ? [] : [systemMessage(content)];
}

const systemMessage = (content: string) => ({ role: 'system', content });

function textOf(blocks: readonly Fields[], at: string): string {
  const texts = blocks.map((block, index) => {
    if (block['type'] === 'text') return textIn(block, 'text', `${at}.${index}`);
    throw unsupported(block, `${at}.${index}`);
  });
  return texts.join('\n\n');
}

/** What tools answered comes first: it belongs right behind the message that called them. */
function userMessages(blocks: readonly Fields[], at: string): object[] {
  const results: object[] = [];
  const parts: Part[] = [];
  blocks.forEach((block, index) => {
    const where = `${at}.content.${index}`;
    if (block['type'] !== 'tool_result') {
      parts.push(...partsOf(block, where));
      return;
    }
    const { message, images } = toolResult(block, where);
    results.push(message);
    parts.push(...images);
  });
  if (parts.length === 0 && results.length > 0) return results;
  return [...results, { role: 'user', content: simplest(parts) }];
}

function assistantMessage(blocks: readonly Fields[], at: string): object {
  let text = '';
  const calls: object[] = [];
  blocks.forEach((block, index) => {
    const where = `${at}.content.${index}`;
    if (block['type'] === 'text') text += textIn(block, 'text', where);
    else if (block['type'] === 'tool_use') calls.push(toolCall(block, where));
    else if (!isThought(block)) throw unsupported(block, where);
  });
  if (calls.length === 0) return { role: 'assistant', content: text };
  return { role: 'assistant', content: text === '' ? null : text, tool_calls: calls };
}

function toolCall(block: Fields, at: string): object {
  const { input = {} } = block;
  if (!isObject(input)) throw invalid(`${at}.input`, `"${at}.input" must be an object.`);
  const called = { name: textIn(block, 'name', at), arguments: JSON.stringify(input) };
  return { id: textIn(block, 'id', at), type: 'function', function: called };
}

/** A tool's message can have no images there; they follow as the user's. */
function toolResult(block: Fields, at: string): { message: object; images: Part[] } {
  const blocks = block['content'] === undefined ? [] : blocksOf(block['content'], `${at}.content`);
  const parts = blocks.flatMap((inner, index) => partsOf(inner, `${at}.content.${index}`));
  const images = parts.filter(({ type }) => type === 'image_url');
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  const text = texts.length === 0 && images.length > 0 ? SHOWN_LATER : texts.join('\n');
  const content = block['is_error'] === true ? `Error: ${text}` : text;
  const message = { role: 'tool', tool_call_id: textIn(block, 'tool_use_id', at), content };
  return { message, images };
}

/** A string where that is all there is: not every backend reads lists. */
function simplest(parts: readonly Part[]): string | readonly Part[] {
  const [first] = parts;
  if (first === undefined) return '';
  return parts.length === 1 && first.type === 'text' ? first.text : parts;
}
