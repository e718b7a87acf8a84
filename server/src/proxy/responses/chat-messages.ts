import { type AppError } from '../../infrastructure/errors/app-error.js';
import { invalid, isObject } from '../requests/json-body.js';
import { neededTextIn, textIn } from './field-values.js';

type Values = Readonly<Record<string, unknown>>;
type Content = string | object[];

interface ChatMessage {
  role: string;
  content: Content | null;
  tool_calls?: object[];
  tool_call_id?: string;
}

/** Backends that know no developers know systems. */
const ROLES: Readonly<Record<string, string>> = {
  user: 'user',
  assistant: 'assistant',
  system: 'system',
  developer: 'system',
};

/**
 * The messages of a chat completion that say the same as these instructions and this input.
 * Reasoning of earlier turns is left out: chat completions have no agreed place for it.
 * @throws AppError invalid_request for what has no counterpart
 */
export function chatMessages({ instructions, input }: Values): ChatMessage[] {
  const messages: ChatMessage[] = [];
  if (typeof instructions === 'string' && instructions !== '') {
    messages.push({ role: 'system', content: instructions });
  }
  if (typeof input === 'string') messages.push({ role: 'user', content: input });
  else {
    for (const [index, item] of (input as Values[]).entries()) {
      addItem(messages, item, `input[${index}]`);
    }
  }
  return withOneSystem(messages);
}

function addItem(messages: ChatMessage[], item: Values, path: string): void {
  const type = (item['type'] ?? 'message') as string;
  if (type === 'message') addMessage(messages, item, path);
  else if (type === 'function_call') addCall(messages, item, path);
  else if (type === 'function_call_output') addOutput(messages, item, path);
  else if (type !== 'reasoning') throw unavailable(path, `items of the type "${short(type)}"`);
}

function addMessage(messages: ChatMessage[], item: Values, path: string): void {
  const named = neededTextIn(item, 'role', `${path}.role`);
  const role = Object.hasOwn(ROLES, named) ? ROLES[named]! : null;
  if (role === null) {
    const all = Object.keys(ROLES).join(', ');
    throw invalid(`${path}.role`, `"${path}.role" must be one of: ${all}.`);
  }
  const content = contentOf(item['content'], role, `${path}.content`);
  const last = messages.at(-1);
  // What was said beside a call belongs to it: nothing may stand between a call and its answer.
  const isBesideCall = role === 'assistant' && last?.tool_calls && last.content === null;
  if (isBesideCall) last.content = content;
  else messages.push({ role, content });
}

/** Calls that follow each other, or a text, are one message. */
function addCall(messages: ChatMessage[], item: Values, path: string): void {
  const call = {
    id: neededTextIn(item, 'call_id', `${path}.call_id`),
    type: 'function',
    function: {
      name: neededTextIn(item, 'name', `${path}.name`),
      arguments: neededTextIn(item, 'arguments', `${path}.arguments`),
    },
  };
  const last = messages.at(-1);
  if (last?.role === 'assistant') (last.tool_calls ??= []).push(call);
  else messages.push({ role: 'assistant', content: null, tool_calls: [call] });
}

function addOutput(messages: ChatMessage[], item: Values, path: string): void {
  messages.push({
    role: 'tool',
    tool_call_id: neededTextIn(item, 'call_id', `${path}.call_id`),
    content: contentOf(item['output'], 'tool', `${path}.output`),
  });
}

/** Texts become one string, which every backend understands. */
function contentOf(content: unknown, role: string, path: string): Content {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) {
    throw invalid(path, `"${path}" must be a text or a list of parts.`);
  }
  const parts = (content as unknown[]).map((part, index) => partOf(part, `${path}[${index}]`));
  const texts = parts.filter((part) => typeof part === 'string');
  if (texts.length === parts.length) return texts.join(role === 'assistant' ? '' : '\n');
  return parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part));
}

function partOf(part: unknown, path: string): string | object {
  if (!isObject(part)) throw invalid(path, `"${path}" must be an object.`);
  const type = neededTextIn(part, 'type', `${path}.type`);
  switch (type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return neededTextIn(part, 'text', `${path}.text`);
    case 'refusal':
      return neededTextIn(part, 'refusal', `${path}.refusal`);
    case 'input_image':
      return imageOf(part, path);
    case 'input_file':
      return fileOf(part, path);
    case 'input_audio':
      return { type, input_audio: part['input_audio'] };
    default:
      throw unavailable(path, `parts of the type "${short(type)}"`);
  }
}

function imageOf(part: Values, path: string): object {
  const url = textIn(part, 'image_url', `${path}.image_url`);
  if (url === null) throw unavailable(path, 'images without an "image_url"');
  const detail = textIn(part, 'detail', `${path}.detail`);
  return { type: 'image_url', image_url: { url, ...(detail !== null && { detail }) } };
}

function fileOf(part: Values, path: string): object {
  const data = textIn(part, 'file_data', `${path}.file_data`);
  if (data === null) throw unavailable(path, 'files without "file_data"');
  const filename = textIn(part, 'filename', `${path}.filename`);
  return { type: 'file', file: { ...(filename !== null && { filename }), file_data: data } };
}

/** Many templates know one message of the system, at the beginning. */
function withOneSystem(messages: ChatMessage[]): ChatMessage[] {
  const others = messages.findIndex(({ role }) => role !== 'system');
  const count = others === -1 ? messages.length : others;
  const texts = messages.slice(0, count).map(({ content }) => content);
  if (count < 2 || !texts.every((text) => typeof text === 'string')) return messages;
  return [{ role: 'system', content: texts.join('\n\n') }, ...messages.slice(count)];
}

function unavailable(path: string, what: string): AppError {
  return invalid(
    path,
    `Lumen cannot hand on ${what} ("${path}"): the backend of this model has no Responses API of its own. Leave them out, or choose another model.`,
  );
}

const short = (text: string) => text.slice(0, 100);
