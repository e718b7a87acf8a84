import { nanoCoinsText } from '../../infrastructure/amounts/nano-coins.js';
import { type AttachmentDto } from '../attachments/attachments.dto.js';
import { type Conversation } from '../conversations/conversation.entity.js';
import { type Message } from '../messages/message.entity.js';

/** What the JSON of a conversation says it is; a change that readers must know of is a new version. */
export const CONVERSATION_FORMAT = 'lumen-conversation';
export const FORMAT_VERSION = 1;

/** A message with what is attached to it. */
export interface ExportedMessage {
  readonly message: Message;
  readonly attachments: readonly AttachmentDto[];
}

/** A conversation, and its messages as they are read. */
export interface ExportedConversation {
  readonly conversation: Conversation;
  /** Name of its folder. */
  readonly folder: string | null;
  readonly messages: AsyncIterable<ExportedMessage>;
}

/** All branches, as JSON, a message at a time. */
export async function* asJson(exported: ExportedConversation): AsyncGenerator<string> {
  const head = { format: CONVERSATION_FORMAT, version: FORMAT_VERSION, ...describe(exported) };
  const text = JSON.stringify(head, null, 2);
  yield `${text.slice(0, text.lastIndexOf('\n}'))},\n  "messages": [`;
  let separator = '\n';
  for await (const message of exported.messages) {
    yield `${separator}    ${JSON.stringify(describeMessage(message))}`;
    separator = ',\n';
  }
  yield '\n  ]\n}\n';
}

/** One branch, for people to read. */
export async function* asMarkdown({
  conversation,
  messages,
}: ExportedConversation): AsyncGenerator<string> {
  yield `# ${escaped(conversation.title)}\n`;
  for await (const { message, attachments } of messages) {
    const { role, model, createdAt, content } = message;
    const who = role === 'user' ? 'Question' : `Answer by ${escaped(model ?? 'a model')}`;
    yield `\n## ${who}\n\n*${timeText(createdAt)}*\n`;
    if (attachments.length > 0) {
      yield `\nAttached: ${attachments.map(({ name }) => escaped(name)).join(', ')}\n`;
    }
    if (content !== '') yield `\n${content.trimEnd()}\n`;
    if (message.state === 'stopped') yield '\n*The answer was stopped here.*\n';
    if (message.state === 'interrupted') yield '\n*The answer broke off here.*\n';
    if (message.state === 'failed') yield '\n*There was no answer.*\n';
  }
}

function describe({ conversation, folder }: ExportedConversation) {
  const { id, title, model, settings, isPinned, isArchived, currentMessageId } = conversation;
  const createdAt = conversation.createdAt.toISOString();
  const updatedAt = conversation.updatedAt.toISOString();
  const state = { isPinned, isArchived, folder, model, settings };
  return { id, title, createdAt, updatedAt, ...state, currentMessageId };
}

function describeMessage({ message, attachments }: ExportedMessage) {
  const { id, parentId, role, content, reasoning, model, state, finishReason } = message;
  const isAnswer = role === 'assistant';
  return {
    id,
    parentId,
    role,
    createdAt: message.createdAt.toISOString(),
    content,
    ...(isAnswer && { reasoning, model, state, finishReason, metrics: metricsOf(message) }),
    ...(attachments.length > 0 && {
      attachments: attachments.map(({ id: fileId, name, kind, mediaType, size }) => ({
        id: fileId,
        name,
        kind,
        mediaType,
        size,
      })),
    }),
  };
}

function metricsOf(message: Message) {
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens, isEstimated } = message;
  const { firstTokenMs, thinkingMs, durationMs, requestId } = message;
  const cost = message.cost === null ? null : nanoCoinsText(message.cost);
  const tokens = { promptTokens, completionTokens, cachedTokens, reasoningTokens, isEstimated };
  return { ...tokens, cost, firstTokenMs, thinkingMs, durationMs, requestId };
}

const timeText = (time: Date) => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What would be markup in a heading. */
const escaped = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|]/g, '\\$&');
