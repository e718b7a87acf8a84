import { type ConversationSummary } from '../../core/api/schema';

/** What each kind of event brings. */
export interface ChatEventData {
  conversation: ConversationSummary;
  'conversation-removed': { id: string };
  /** Folders were made, renamed or deleted. */
  folders: null;
  /** Something was spent or refilled. */
  budget: null;
  /** The connection was lost and is there again: what happened meanwhile was not told. */
  resumed: null;
}

export type ChatEventKind = keyof ChatEventData;
export type ChatEvent = {
  [K in ChatEventKind]: { kind: K; data: ChatEventData[K] };
}[ChatEventKind];

/** Reads an event of `/chat/events`; null for one that is unknown or broken. */
export function chatEventOf(kind: string | undefined, data: string): ChatEvent | null {
  if (kind === 'folders' || kind === 'budget') return { kind, data: null };
  const value = parsed(data);
  if (typeof value['id'] !== 'string') return null;
  if (kind === 'conversation-removed') return { kind, data: { id: value['id'] } };
  if (kind !== 'conversation') return null;
  return { kind, data: value as unknown as ConversationSummary };
}

function parsed(data: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
