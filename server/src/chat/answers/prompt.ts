import { type AttachedContent } from '../attachments/attachments.service.js';
import { type ConversationSettings } from '../conversations/conversation-settings.js';
import { type Message } from '../messages/message.entity.js';

/** What goes on with an answer that has broken off. */
const GO_ON =
  'Your last answer was cut off. Go on exactly where it stopped: begin with the very next character, repeat nothing, and say nothing about the interruption.';

type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string | readonly Part[];
}

export interface PromptParts {
  readonly settings: ConversationSettings;
  /** Of the branch, the question last, or the answer that is to go on. */
  readonly branch: readonly Pick<Message, 'id' | 'role' | 'content'>[];
  readonly attached: ReadonlyMap<string, readonly AttachedContent[]>;
  readonly seesImages: boolean;
}

/** What a model is told of a conversation. */
export function promptOf({ settings, ...parts }: PromptParts): PromptMessage[] {
  const { branch } = parts;
  const said = branch
    .map((message) => messageOf(message, parts))
    .filter(({ content }) => content.length > 0);
  if (branch.at(-1)?.role === 'assistant' && said.at(-1)?.role === 'assistant') {
    said.push({ role: 'user', content: GO_ON });
  }
  const { systemPrompt } = settings;
  const system: PromptMessage[] = systemPrompt ? [{ role: 'system', content: systemPrompt }] : [];
  return [...system, ...inTurns(said)];
}

function messageOf(
  { id, role, content }: PromptParts['branch'][number],
  { attached, seesImages }: Pick<PromptParts, 'attached' | 'seesImages'>,
): PromptMessage {
  if (role === 'assistant') return { role, content };
  const files = attached.get(id) ?? [];
  const texts = files.map((file) => textOf(file, seesImages)).filter((text) => text !== '');
  const text = [...texts, content].filter((part) => part !== '').join('\n\n');
  const images = seesImages ? files.flatMap(imageOf) : [];
  if (images.length === 0) return { role, content: text };
  return { role, content: [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...images] };
}

/** A file that is text, as a block with its name; an image where it cannot be shown. */
function textOf(file: AttachedContent, seesImages: boolean): string {
  if (file.kind === 'text') return fenced(file.name, file.text);
  return seesImages ? '' : `[The image ${JSON.stringify(file.name)} cannot be shown to you.]`;
}

/** With a fence longer than any in the text, so that it cannot end before its end. */
function fenced(name: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `File ${JSON.stringify(name)}:\n${fence}\n${text}\n${fence}`;
}

function imageOf(file: AttachedContent): Part[] {
  if (file.kind !== 'image') return [];
  const url = `data:${file.mediaType};base64,${file.bytes.toString('base64')}`;
  return [{ type: 'image_url', image_url: { url } }];
}

/** Some models want questions and answers in turns: what one side says in a row becomes one. */
function inTurns(messages: readonly PromptMessage[]): PromptMessage[] {
  const turns: PromptMessage[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last?.role === message.role) turns[turns.length - 1] = joined(last, message);
    else turns.push(message);
  }
  return turns;
}

function joined(one: PromptMessage, other: PromptMessage): PromptMessage {
  const { role } = one;
  if (typeof one.content === 'string' && typeof other.content === 'string') {
    return { role, content: `${one.content}\n\n${other.content}` };
  }
  return { role, content: [...partsOf(one), ...partsOf(other)] };
}

const partsOf = ({ content }: PromptMessage): readonly Part[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;
