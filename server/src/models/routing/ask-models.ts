import {
  AnswerTooLargeError,
  type BoundedAnswer,
  getBounded,
} from '../../infrastructure/upstream/bounded-call.js';
import { isForWantOfDescriptors } from '../../infrastructure/upstream/connection-failure.js';
import { pingFailure } from '../../providers/index.js';
import { type ModelEndpoint } from '../catalogue-entry.js';
import { readModelList } from '../metadata/read-model-list.js';
import { questionHeaders } from '../question-headers.js';
import { type ProbeAnswer, type Unasked } from './probe-verdict.js';

/** What large providers list is a megabyte. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Asks a backend for its models once, within the time given. Never rejects. */
export async function askModels(
  endpoint: ModelEndpoint,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ProbeAnswer | Unasked> {
  const { origin, basePath, isPublicOnly = false } = endpoint;
  try {
    const answer = await getBounded({
      url: new URL(`${origin}${basePath}/models`),
      headers: questionHeaders(endpoint),
      timeoutMs,
      mostBytes: MOST_BYTES,
      allowsPrivate: !isPublicOnly,
      signal,
    });
    return { kind: 'answered', status: answer.status, list: listIn(answer) };
  } catch (error) {
    if (error instanceof AnswerTooLargeError) {
      return { kind: 'answered', status: error.status, list: null };
    }
    const kind = isForWantOfDescriptors(error) ? 'unasked' : 'failed';
    return { kind, why: pingFailure(error, { timeoutMs, mostBytes: MOST_BYTES }).error };
  }
}

function listIn({ body }: BoundedAnswer) {
  try {
    return readModelList(JSON.parse(body.toString('utf8')));
  } catch {
    return null;
  }
}
