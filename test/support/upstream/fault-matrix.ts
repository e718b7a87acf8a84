import { chatStream, completion, rateLimited, status } from './answers.js';
import {
  closeAfter,
  cutShort,
  hang,
  hangAfter,
  notHttp,
  reset,
  trickle,
  trickleText,
} from './faults.js';
import { chunkText, errorText, USAGE } from './openai-texts.js';
import { type Behaviour } from './pieces.js';
import { type RecordedRequest } from './recorded-request.js';

/** What one attempt comes to. */
export type Effect =
  /** Nothing has gone to the caller: another attempt. */
  | 'again'
  /** The same, and the backend said when. */
  | 'later'
  /** The answer had begun. */
  | 'broken'
  /** The time is over, before anything went to the caller. */
  | 'over';

export interface Fault {
  readonly name: string;
  /** Missing: nothing listens at all. */
  readonly behaviour?: Behaviour;
  /** It happens once; then the backend works. */
  readonly isOnce?: boolean;
  readonly streamed: Effect;
  readonly whole: Effect;
  /** What the caller hears if nothing else comes of it: its status before the first byte, and a code. */
  readonly status: number;
  readonly code: string;
  /** What the log says of an attempt: the backend's status. */
  readonly answered?: number;
  /** Whether an attempt counts against the endpoint. */
  readonly isItsFault: boolean;
  /** What an attempt takes at least. */
  readonly tookMs?: number;
}

/** Long enough for backends that work to answer on a busy machine. */
export const LIMIT_S = 1;
export const RETRY_AFTER_S = 1;
/** Of the whole request; less for what trickles, which nothing else ends. */
export const TOTAL_S = 20;
export const TRICKLE_TOTAL_S = 2;

const WORDS = [chunkText('a'), chunkText('b')];
/** Tokens that Lumen counts in them. */
export const BROKEN_TOKENS = 2;
export const SERVED_TOKENS = USAGE.completion_tokens;

const isStream = ({ json }: RecordedRequest) => json?.['stream'] === true;

/** Does one thing to streams and another to answers in one piece. */
function either(streamed: Behaviour, whole: Behaviour): Behaviour {
  return (request, response) => (isStream(request) ? streamed : whole)(request, response);
}

export const serves: Behaviour = either(chatStream(), completion('Hello', { usage: USAGE }));

export const FAULTS: readonly Fault[] = [
  {
    name: 'refuse',
    streamed: 'again',
    whole: 'again',
    status: 502,
    code: 'upstream_unreachable',
    isItsFault: true,
  },
  {
    name: 'reset',
    behaviour: reset,
    streamed: 'again',
    whole: 'again',
    status: 502,
    code: 'upstream_error',
    isItsFault: true,
  },
  {
    name: 'hang-before-headers',
    behaviour: hang,
    streamed: 'again',
    whole: 'again',
    status: 504,
    code: 'upstream_timeout',
    isItsFault: true,
    tookMs: LIMIT_S * 1000,
  },
  {
    name: 'hang-after-headers',
    behaviour: either(hangAfter(), cutShort(0, undefined, 'hangs')),
    streamed: 'again',
    whole: 'again',
    status: 504,
    code: 'upstream_timeout',
    isItsFault: true,
    tookMs: LIMIT_S * 1000,
  },
  {
    name: 'hang-mid-stream',
    behaviour: either(hangAfter(...WORDS), cutShort(20, undefined, 'hangs')),
    streamed: 'broken',
    whole: 'again',
    status: 504,
    code: 'upstream_timeout',
    isItsFault: true,
    tookMs: LIMIT_S * 1000,
  },
  {
    name: 'slow-trickle',
    behaviour: either(trickle(WORDS), trickleText()),
    streamed: 'broken',
    whole: 'over',
    status: 504,
    code: 'upstream_timeout',
    isItsFault: false,
    tookMs: TRICKLE_TOTAL_S * 1000,
  },
  {
    name: 'overloaded-429',
    behaviour: rateLimited(RETRY_AFTER_S),
    streamed: 'later',
    whole: 'later',
    status: 503,
    code: 'upstream_overloaded',
    answered: 429,
    isItsFault: false,
  },
  {
    name: 'status-500',
    behaviour: status(500, errorText('crashed')),
    streamed: 'again',
    whole: 'again',
    status: 502,
    code: 'upstream_error',
    answered: 500,
    isItsFault: true,
  },
  {
    name: 'status-503',
    behaviour: status(503, errorText('loading')),
    streamed: 'again',
    whole: 'again',
    status: 503,
    code: 'upstream_overloaded',
    answered: 503,
    isItsFault: true,
  },
  {
    name: 'cut',
    behaviour: either(closeAfter(...WORDS), cutShort(20)),
    streamed: 'broken',
    whole: 'again',
    status: 502,
    code: 'upstream_error',
    isItsFault: true,
  },
  {
    name: 'garbage',
    behaviour: notHttp,
    streamed: 'again',
    whole: 'again',
    status: 502,
    code: 'upstream_error',
    isItsFault: true,
  },
  {
    name: 'recover',
    behaviour: status(500, errorText('starting')),
    isOnce: true,
    streamed: 'again',
    whole: 'again',
    status: 502,
    code: 'upstream_error',
    answered: 500,
    isItsFault: true,
  },
];

/** One request at one model of its own. The first `faulty` of its endpoints have the fault. */
export interface Cell {
  readonly fault: Fault;
  readonly endpoints: number;
  readonly faulty: number;
  readonly isStream: boolean;
  /** Repetitions beyond the first attempt. */
  readonly retries: number;
}

export interface Expected {
  readonly attempts: number;
  /** Null: the backend that works answers. */
  readonly failure: 'status' | 'broken' | null;
  readonly tokens: number;
  /** Attempts that count against endpoints. */
  readonly faults: number;
  readonly leastMs: number;
}

export const BACKOFF_MS = 20;
/** Failures in a row after which an endpoint is left out, and is not there to be tried again. */
export const EJECTED_AFTER = 3;

export function effectOf({ fault, isStream: isStreamed }: Cell): Effect {
  return isStreamed ? fault.streamed : fault.whole;
}

/** What must come of a cell, worked out from the rules by themselves. */
export function expected(cell: Cell): Expected {
  const { fault, endpoints, faulty, retries } = cell;
  const effect = effectOf(cell);
  if (effect === 'broken' || effect === 'over') {
    const faults = fault.isItsFault ? 1 : 0;
    const [failure, tokens] =
      effect === 'broken' ? (['broken', BROKEN_TOKENS] as const) : (['status', 0] as const);
    return { attempts: 1, failure, tokens, faults, leastMs: fault.tookMs ?? 0 };
  }
  const isAll = faulty === endpoints && fault.isItsFault;
  const most = Math.min(retries + 1, isAll ? EJECTED_AFTER * endpoints : Infinity);
  const needed = fault.isOnce || faulty < endpoints ? faulty + 1 : Infinity;
  const attempts = Math.min(most, needed);
  const failed = needed <= most ? attempts - 1 : attempts;
  const faults = fault.isItsFault ? failed : 0;
  const leastMs = failed * (fault.tookMs ?? 0) + pausesMs(cell, attempts);
  const failure = needed <= most ? null : 'status';
  return { attempts, failure, tokens: failure ? 0 : SERVED_TOKENS, faults, leastMs };
}

/** Each endpoint is tried once without a pause; from then on each attempt waits. */
function pausesMs({ endpoints, fault }: Cell, attempts: number): number {
  let sum = 0;
  const isAsked = effectOfAny(fault) === 'later';
  let rounds = 0;
  for (let made = endpoints; made < attempts; made += 1) {
    if ((made - endpoints) % endpoints === 0) rounds += 1;
    if (!isAsked) sum += made * BACKOFF_MS;
  }
  return isAsked ? rounds * RETRY_AFTER_S * 1000 : sum;
}

const effectOfAny = ({ streamed }: Fault) => streamed;

/** Every fault, at 1 to `most` endpoints of which the first few or all have it, streamed and not. */
export function cells(most: number, retries: readonly number[]): Cell[] {
  return FAULTS.flatMap((fault) =>
    Array.from({ length: most }, (_, index) => index + 1).flatMap((endpoints) =>
      Array.from({ length: endpoints }, (_, index) => index + 1).flatMap((faulty) =>
        retries.flatMap((repetitions) =>
          [true, false].map((isStreamed) => ({
            fault,
            endpoints,
            faulty,
            isStream: isStreamed,
            retries: repetitions,
          })),
        ),
      ),
    ),
  );
}

export function nameOf({ fault, endpoints, faulty, isStream: isStreamed, retries }: Cell): string {
  const kind = isStreamed ? 'streamed' : 'whole';
  return `${fault.name}-${faulty}-of-${endpoints}-${kind}-retries-${retries}`;
}
