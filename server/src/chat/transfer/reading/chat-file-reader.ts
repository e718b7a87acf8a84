import { type FoundConversations, ImportRefusal } from './imported-conversation.js';
import { type ImportedConversation, type SkippedConversation } from './imported-conversation.js';
import { type JsonElement, JsonElements } from './json-elements.js';
import { conversationOf, titleOf } from './recognised-conversation.js';

/** Of one conversation. */
const LIMITS = { mostBytes: 64 * 2 ** 20, mostDepth: 200 };
/** Told one by one, of each piece of a file. */
const MOST_TOLD = 100;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Finds the conversations in a file, piece by piece; what is none is skipped with a reason. */
export class ChatFileReader {
  private readonly elements = new JsonElements(LIMITS);

  /** @throws NotJsonError */
  push(piece: Buffer): FoundConversations {
    return found(this.elements.push(piece));
  }

  /** @throws NotJsonError */
  end(): FoundConversations {
    return found(this.elements.end());
  }
}

function found(elements: Iterable<JsonElement>): FoundConversations {
  const conversations: ImportedConversation[] = [];
  const skipped: SkippedConversation[] = [];
  let furtherSkipped = 0;
  for (const element of elements) {
    const read = readElement(element);
    if (!('reason' in read)) conversations.push(read);
    else if (skipped.length < MOST_TOLD) skipped.push(read);
    else furtherSkipped += 1;
  }
  return { conversations, skipped, furtherSkipped };
}

function readElement(element: JsonElement): ImportedConversation | SkippedConversation {
  const name = `Conversation ${element.place}`;
  if (element.kind === 'refused') return { name, reason: element.reason };
  let value: unknown;
  try {
    value = JSON.parse(UTF8.decode(element.bytes));
  } catch {
    return { name, reason: 'it is not valid JSON' };
  }
  try {
    return conversationOf(value);
  } catch (error) {
    if (!(error instanceof ImportRefusal)) throw error;
    return { name: titleOf(value) ?? name, reason: error.message };
  }
}
