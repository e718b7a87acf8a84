import { type MessageRole } from '../../messages/message.entity.js';
import { type SourceMessage } from './message-turns.js';
import { type SourceConversation } from './open-webui.js';
import { type JsonObject, listOf, nameOf, objectOf, textOf, timeOf } from './unknown-json.js';

const LONGEST_MODEL = 256;
const LONGEST_KEY = 200;

/** A conversation as `conversations.json` of ChatGPT has it; null: it is none. */
export function fromChatGpt(value: JsonObject): SourceConversation | null {
  const mapping = objectOf(value['mapping']);
  if (!mapping) return null;
  return {
    title: textOf(value['title']),
    createdMs: timeOf(value['create_time']),
    updatedMs: timeOf(value['update_time']),
    isPinned: value['is_starred'] === true,
    isArchived: value['is_archived'] === true,
    model: nameOf(value['default_model_slug'], LONGEST_MODEL),
    systemPrompt: null,
    messages: Object.entries(mapping).map(([key, node]) => messageOf(key, objectOf(node))),
    currentKey: nameOf(value['current_node'], LONGEST_KEY),
  };
}

function messageOf(key: string, node: JsonObject | null): SourceMessage {
  const message = objectOf(node?.['message']);
  const content = objectOf(message?.['content']);
  const metadata = objectOf(message?.['metadata']);
  const role = roleOf(message, metadata);
  const isThought = content?.['content_type'] === 'thoughts';
  return {
    key,
    parentKey: textOf(node?.['parent']),
    role,
    content: isThought ? '' : saidIn(content),
    reasoning: isThought && role === 'assistant' ? thoughtIn(content) : '',
    model: role === 'assistant' ? nameOf(metadata?.['model_slug'], LONGEST_MODEL) : null,
    state: message?.['status'] === 'in_progress' ? 'interrupted' : 'complete',
    finishReason: null,
    createdMs: timeOf(message?.['create_time']),
  };
}

/** What goes to tools and comes from them, and what was hidden there, is not shown here either. */
function roleOf(message: JsonObject | null, metadata: JsonObject | null): MessageRole | null {
  const role = objectOf(message?.['author'])?.['role'];
  const recipient = message?.['recipient'] ?? 'all';
  const isShown = metadata?.['is_visually_hidden_from_conversation'] !== true;
  if (!isShown || recipient !== 'all') return null;
  return role === 'user' || role === 'assistant' ? role : null;
}

function saidIn(content: JsonObject | null): string {
  switch (content?.['content_type']) {
    case 'text':
    case 'multimodal_text':
      return listOf(content['parts']).map(partText).filter(Boolean).join('\n\n');
    case 'code':
      return `\`\`\`\n${textOf(content['text']) ?? ''}\n\`\`\``;
    default:
      return '';
  }
}

/** A text, or something that is not in the file. */
function partText(part: unknown): string {
  const kind = textOf(objectOf(part)?.['content_type']);
  if (kind === null) return textOf(part) ?? '';
  if (kind === 'audio_transcription') return textOf(objectOf(part)?.['text']) ?? '';
  return kind.includes('image') ? '[image]' : '[file]';
}

const thoughtIn = (content: JsonObject | null) =>
  listOf(content?.['thoughts'])
    .map((thought) => textOf(objectOf(thought)?.['content']) ?? '')
    .filter(Boolean)
    .join('\n\n');
