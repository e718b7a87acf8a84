import { type ConversationSummary } from '../../core/api/schema';

/** `month` is told by its first day, the others by their name. */
export type DayGroupKind = 'today' | 'yesterday' | 'week' | 'thirtyDays' | 'month';

export interface DayGroup {
  /** Differs from that of every other group. */
  key: string;
  kind: DayGroupKind;
  /** When its newest conversation was last used. */
  at: string;
  conversations: ConversationSummary[];
}

/**
 * Conversations, newest first, by when they were last used in the reader's own days: today,
 * yesterday, the seven and the thirty days before, then by month.
 */
export function dayGroups(
  conversations: readonly ConversationSummary[],
  nowMs: number,
): DayGroup[] {
  const midnight = startOfDay(nowMs);
  const groups: DayGroup[] = [];
  for (const conversation of conversations) {
    const { key, kind } = placeOf(new Date(conversation.updatedAt), midnight);
    const last = groups.at(-1);
    if (last?.key === key) last.conversations.push(conversation);
    else groups.push({ key, kind, at: conversation.updatedAt, conversations: [conversation] });
  }
  return groups;
}

function placeOf(used: Date, midnight: Date): { key: string; kind: DayGroupKind } {
  if (used >= midnight) return { key: 'today', kind: 'today' };
  if (used >= daysBefore(midnight, 1)) return { key: 'yesterday', kind: 'yesterday' };
  if (used >= daysBefore(midnight, 7)) return { key: 'week', kind: 'week' };
  if (used >= daysBefore(midnight, 30)) return { key: 'thirtyDays', kind: 'thirtyDays' };
  return { key: `${used.getFullYear()}-${used.getMonth()}`, kind: 'month' };
}

export function startOfDay(ms: number): Date {
  const day = new Date(ms);
  day.setHours(0, 0, 0, 0);
  return day;
}

/** By the calendar, not by hours: days on which the clock changes are shorter or longer. */
export function daysBefore(midnight: Date, days: number): Date {
  const day = new Date(midnight);
  day.setDate(day.getDate() - days);
  return day;
}
