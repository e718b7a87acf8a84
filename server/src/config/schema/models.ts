import { z } from 'zod';
import { key, section } from './key.js';
import {
  accessWord,
  choice,
  flag,
  httpUrl,
  list,
  month,
  name,
  number,
  secret,
  text,
  wholeNumber,
} from './values.js';
import { retryOverrides, timeoutOverrides } from './upstream.js';

const MODALITIES = 'a list of words such as text, image, audio, video, embedding';
const price = number(0, 1_000_000);

const endpoint = z.object({
  url: key(httpUrl, 'Address of the backend, up to and including /v1.'),
  apiKey: key(secret().nullable().default(null), 'Key sent to the backend.', {
    defaultText: 'none is sent',
  }),
  model: key(name(256).nullable().default(null), 'Name sent to this backend.', {
    defaultText: 'the model’s name',
  }),
  weight: key(wholeNumber(1, 1000).default(1), 'Share of the requests, relative to the others.'),
  maxConcurrent: key(
    wholeNumber(1, 100_000).nullable().default(null),
    'Most requests at a time here.',
    {
      unit: 'requests',
      defaultText: 'max_concurrent of the model',
    },
  ),
  nativeApis: key(
    list(choice('responses', 'messages')),
    'Further APIs the backend speaks itself; others are translated to chat completions.',
    { allowed: 'a list of: responses, messages' },
  ),
});

const prices = {
  inputCostPerMillion: key(price.default(0), 'Price of a million input tokens.', { unit: 'coins' }),
  outputCostPerMillion: key(price.default(0), 'Price of a million output tokens.', {
    unit: 'coins',
  }),
  cachedInputCostPerMillion: key(
    price.nullable().default(null),
    'Price of a million input tokens that the backend had cached.',
    { unit: 'coins', defaultText: '= input_cost_per_million' },
  ),
  audioCostPerHour: key(price.nullable().default(null), 'Price of an hour of audio.', {
    unit: 'coins',
    defaultText: 'audio is billed by tokens',
  }),
};

const access = {
  access: key(accessWord.nullable().default(null), 'Who may use it where no list decides.', {
    defaultText: 'defaults.models.access',
  }),
  needsAck: key(flag.default(false), 'Everyone must acknowledge it once before use.'),
  ackMessage: key(text(5000).nullable().default(null), 'What is acknowledged.', {
    defaultText: 'defaults.models.ack_message',
  }),
};

const metadata = {
  description: key(text(2000).nullable().default(null), 'What it is good for, one line.'),
  url: key(httpUrl.nullable().default(null), 'Page about the model.'),
  notice: key(text(2000).nullable().default(null), 'Shown wherever the model is chosen.'),
  contextWindow: key(
    wholeNumber(1, 1e9).nullable().default(null),
    'Most tokens in and out together.',
    {
      unit: 'tokens',
    },
  ),
  maxOutputTokens: key(wholeNumber(1, 1e9).nullable().default(null), 'Most tokens of one answer.', {
    unit: 'tokens',
  }),
  knowledgeCutoff: key(month.nullable().default(null), 'Until when it knows the world.'),
  supportsReasoning: key(
    flag.default(false),
    'It can think before it answers. Where its provider hides that, streams hold all that they may write.',
  ),
  supportsFunctionCalling: key(flag.default(false), 'It can call tools.'),
  inputModalities: key(list(name(32)).default(['text']), 'What it reads.', { allowed: MODALITIES }),
  outputModalities: key(list(name(32)).default(['text']), 'What it writes.', {
    allowed: MODALITIES,
  }),
};

const routing = {
  profile: key(
    choice('small', 'medium', 'large').nullable().default(null),
    'Ready-made timeouts and retries: 7–8B, 14–32B, MoE and larger.',
    { defaultText: 'upstream.timeouts and upstream.retries' },
  ),
  timeouts: key(section(timeoutOverrides), 'Override those of the profile and of upstream.'),
  retries: key(section(retryOverrides), 'Override those of the profile and of upstream.'),
  maxConcurrent: key(
    wholeNumber(1, 100_000).nullable().default(null),
    'Most requests at a time for each endpoint; others wait their turn.',
    { unit: 'requests', defaultText: 'no limit' },
  ),
  routing: key(
    choice('round_robin', 'least_busy').default('round_robin'),
    'How the next endpoint is chosen.',
  ),
  affinity: key(
    choice('none', 'session').default('none'),
    'session: one conversation stays on one endpoint while it is healthy (prefix caches).',
  ),
  fallbacks: key(list(name(256), 10), 'Models to try when no endpoint of this one is left.', {
    allowed: 'a list of model names',
  }),
};

const model = z.object({
  name: key(name(128), 'The name people and tools use.'),
  disabled: key(flag.default(false), 'Hides the model without removing it. Also `active: false`.'),
  ...prices,
  endpoints: key(z.array(endpoint).max(1000).default([]), 'Backends that serve it, used in turn.', {
    allowed: 'a list of endpoints',
  }),
  ...metadata,
  ...access,
  ...routing,
});

export const models = z.array(model).max(10_000).default([]);
