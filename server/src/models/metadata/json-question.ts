import { getBounded, postBounded } from '../../infrastructure/upstream/bounded-call.js';
import { pingFailure } from '../../providers/index.js';
import { type ModelEndpoint } from '../catalogue-entry.js';
import { questionHeaders } from '../question-headers.js';

export interface JsonQuestion {
  endpoint: ModelEndpoint;
  /** At the endpoint's origin. */
  path: string;
  /** Posted; left out: the path is only got. */
  body?: string;
  /** For the whole answer; none left: it is not asked. */
  timeoutMs: number;
}

/** A backend did not say what was asked; the message is for an engineer and has no key in it. */
export class UnansweredError extends Error {
  constructor(
    message: string,
    /** Whether it said nothing at all, and would keep the next question waiting as long. */
    readonly isSilent = false,
  ) {
    super(message);
  }
}

const MOST_BYTES = 1024 * 1024;
const NOT_ASKED = 'Not asked: the other backends took too long. Refresh this model alone.';

/** The JSON that a backend answers, as far as it is at most 1 MiB. @throws UnansweredError */
export async function askJson(question: JsonQuestion): Promise<unknown> {
  const { path } = question;
  const { status, body } = await call(question);
  if (status === 401 || status === 403) {
    throw new UnansweredError(`The backend refuses the key it is asked with (${status}).`);
  }
  if (status !== 200) throw new UnansweredError(`${path} answered with the status ${status}.`);
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new UnansweredError(`What ${path} answered is not JSON.`);
  }
}

async function call({ endpoint, path, body, timeoutMs }: JsonQuestion) {
  if (timeoutMs <= 0) throw new UnansweredError(NOT_ASKED, true);
  const { origin, isPublicOnly } = endpoint;
  const question = {
    url: new URL(`${origin}${path}`),
    headers: {
      ...questionHeaders(endpoint),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    timeoutMs,
    mostBytes: MOST_BYTES,
    allowsPrivate: !isPublicOnly,
  };
  try {
    return await (body === undefined ? getBounded(question) : postBounded({ ...question, body }));
  } catch (error) {
    const limits = { timeoutMs: Math.round(timeoutMs), mostBytes: MOST_BYTES };
    const failure = pingFailure(error, limits);
    throw new UnansweredError(`${failure.error}.`, failure.status === 0);
  }
}
