import { type AskedAnswer } from '../../proxy/index.js';
import { type Message } from '../messages/message.entity.js';
import { type AnswerDraft } from './answer-draft.js';

/** What is kept of what an answer took. */
export type AnswerMetrics = Pick<
  Message,
  | 'requestId'
  | 'promptTokens'
  | 'completionTokens'
  | 'cachedTokens'
  | 'reasoningTokens'
  | 'cost'
  | 'isEstimated'
  | 'firstTokenMs'
  | 'thinkingMs'
  | 'durationMs'
>;

/** `begin`: when the model was asked, on the monotonic clock. */
export interface AskedTimes {
  readonly begin: number;
  readonly end: number;
}

/** Of one request, null: none was made; an answer that goes on adds it to what it had taken before. */
export function metricsOf(
  record: AskedAnswer['record'] | null,
  draft: Pick<AnswerDraft, 'firstAtMs' | 'thoughtAtMs' | 'spokeAtMs'>,
  times: AskedTimes,
): AnswerMetrics {
  const { firstAtMs, thoughtAtMs, spokeAtMs } = draft;
  return {
    requestId: record?.requestId ?? null,
    promptTokens: record?.promptTokens ?? null,
    completionTokens: record?.completionTokens ?? null,
    cachedTokens: record?.cachedTokens ?? null,
    reasoningTokens: record?.reasoningTokens ?? null,
    cost: record?.cost ?? null,
    isEstimated: (record?.accuracy ?? 'exact') !== 'exact',
    firstTokenMs: firstAtMs === null ? null : Math.round(firstAtMs - times.begin),
    thinkingMs: thoughtAtMs === null ? null : Math.round((spokeAtMs ?? times.end) - thoughtAtMs),
    durationMs: Math.round(times.end - times.begin),
  };
}

/** All of it is paid for, so that it is summed; the first word came once. */
export function addMetrics(before: AnswerMetrics, added: AnswerMetrics): AnswerMetrics {
  return {
    requestId: added.requestId ?? before.requestId,
    promptTokens: sum(before.promptTokens, added.promptTokens),
    completionTokens: sum(before.completionTokens, added.completionTokens),
    cachedTokens: sum(before.cachedTokens, added.cachedTokens),
    reasoningTokens: sum(before.reasoningTokens, added.reasoningTokens),
    cost: before.cost === null ? added.cost : before.cost + (added.cost ?? 0n),
    isEstimated: before.isEstimated || added.isEstimated,
    firstTokenMs: before.firstTokenMs ?? added.firstTokenMs,
    thinkingMs: sum(before.thinkingMs, added.thinkingMs),
    durationMs: sum(before.durationMs, added.durationMs),
  };
}

const sum = (one: number | null, other: number | null) =>
  one === null ? other : one + (other ?? 0);
