import { key, section } from './key.js';
import { bytes, flag, list, name, httpUrl, secret, seconds, wholeNumber } from './values.js';

const timeout = seconds(0.05, 86_400);
const attempts = wholeNumber(0, 10);
const backoff = wholeNumber(0, 60_000);

const DOCS = {
  connectS: 'Longest wait for a connection.',
  firstTokenS: 'Longest wait for the first byte of the answer.',
  idleS: 'Longest silence within an answer.',
  totalS: 'Longest time for the whole answer.',
  attempts: 'How often a failed request is tried again, before its first byte.',
  backoffMs: 'Wait before the n-th repetition: n times this.',
  retryAfterCapS: 'Longest retry-after of a backend that is waited for.',
};

const timeouts = section({
  connectS: key(timeout.default(5), DOCS.connectS, { env: 'LUMEN_TIMEOUT_CONNECT_S' }),
  firstTokenS: key(timeout.default(120), DOCS.firstTokenS, { env: 'LUMEN_TIMEOUT_FIRST_TOKEN_S' }),
  idleS: key(timeout.default(60), DOCS.idleS, { env: 'LUMEN_TIMEOUT_IDLE_S' }),
  totalS: key(timeout.default(900), DOCS.totalS, { env: 'LUMEN_TIMEOUT_TOTAL_S' }),
});

const retries = section({
  attempts: key(attempts.default(2), DOCS.attempts, { env: 'LUMEN_RETRY_ATTEMPTS' }),
  backoffMs: key(backoff.default(250), DOCS.backoffMs, {
    unit: 'milliseconds',
    env: 'LUMEN_RETRY_BACKOFF_MS',
  }),
  retryAfterCapS: key(seconds(0, 600).default(10), DOCS.retryAfterCapS),
});

const inherited = { defaultText: 'that of the profile, else of upstream' };

/** The same keys in a model entry, where they may be left out one by one. */
export const timeoutOverrides = {
  connectS: key(timeout.nullable().default(null), DOCS.connectS, inherited),
  firstTokenS: key(timeout.nullable().default(null), DOCS.firstTokenS, inherited),
  idleS: key(timeout.nullable().default(null), DOCS.idleS, inherited),
  totalS: key(timeout.nullable().default(null), DOCS.totalS, inherited),
};

export const retryOverrides = {
  attempts: key(attempts.nullable().default(null), DOCS.attempts, inherited),
  backoffMs: key(backoff.nullable().default(null), DOCS.backoffMs, {
    ...inherited,
    unit: 'milliseconds',
  }),
  retryAfterCapS: key(seconds(0, 600).nullable().default(null), DOCS.retryAfterCapS, inherited),
};

const probe = section({
  intervalS: key(seconds(1, 86_400).default(60), 'Time between two health checks of an endpoint.'),
  timeoutS: key(seconds(0.1, 600).default(10), 'A health check that takes longer has failed.'),
});

const ejection = section({
  failures: key(
    wholeNumber(1, 1000).default(5),
    'Failures in a row after which an endpoint is left out.',
  ),
  cooldownS: key(seconds(0.1, 3600).default(10), 'How long at first; grows with each repetition.'),
  maxCooldownS: key(seconds(0.1, 86_400).default(300), 'How long at most.'),
});

export const upstream = section({
  timeouts: key(timeouts, 'Time limits towards backends; a model may override them.'),
  retries: key(retries, 'Repetitions after connection errors, 408, 429 and 5xx.'),
  allowPrivate: key(
    flag.default(true),
    'Providers may have addresses in private networks. Link-local and metadata addresses never.',
  ),
  maxConnections: key(wholeNumber(1, 65_535).default(8192), 'Most connections to one endpoint.', {
    reload: 'restart',
    unit: 'connections',
  }),
  keepAliveS: key(seconds(0, 3600).default(30), 'How long an unused connection stays open.', {
    reload: 'restart',
  }),
  maxHeaderBytes: key(bytes(1024, 1_048_576).default(32_768), 'Largest headers of an answer.', {
    reload: 'restart',
  }),
  maxBodyBytes: key(
    bytes(1024, 4_294_967_296).default(67_108_864),
    'Largest answer that is not streamed, and largest event of one that is.',
  ),
  maxQueue: key(
    wholeNumber(0, 100_000).default(1000),
    'Most requests that wait for one model, at each replica.',
    {
      unit: 'requests',
    },
  ),
  queueWaitS: key(seconds(0, 3600).default(30), 'Longest wait for a turn before 503.'),
  pingS: key(
    seconds(0, 600).default(15),
    'Silence after which callers of a stream get a comment line. 0: never.',
  ),
  probe: key(probe, 'Active health checks.'),
  ejection: key(ejection, 'Leaving out endpoints that fail.'),
});

const fallback = section({
  baseUrl: key(httpUrl.nullable().default(null), 'Backend when nothing else serves a request.', {
    env: 'LLM_BASE_URL',
  }),
  apiKey: key(secret().nullable().default(null), 'Its key.', { env: 'LLM_API_KEY' }),
  model: key(name(256).nullable().default(null), 'The model asked of it.', { env: 'LLM_MODEL' }),
});

export const governance = section({
  defaultModel: key(
    name(256).nullable().default(null),
    'Answers requests that name no model or `auto`.',
    { env: 'LUMEN_DEFAULT_MODEL', defaultText: 'the default provider’s first model' },
  ),
  allowedModels: key(list(name(256)), 'The only models that are shown and served. Empty: all.', {
    env: 'LUMEN_ALLOWED_MODELS',
    allowed: 'a list of model names (in the environment separated by commas)',
  }),
  allowUnknownModels: key(
    flag.default(false),
    'Requests for unknown models go to the default one instead of 404.',
    { env: 'LUMEN_ALLOW_UNKNOWN_MODELS' },
  ),
  fallback: key(fallback, 'Last resort of the resolution.'),
});
