import { key, section } from './key.js';
import { policy } from './policies.js';
import { accessWord, days, flag, seconds, text, wholeNumber } from './values.js';

export const api = section({
  consent: key(flag.default(true), 'false: /v1 does not ask for acknowledgements.'),
});

const defaultModels = section({
  access: key(accessWord.default('allowed'), 'Models about which nothing else decides.', {
    defaultText: 'allowed; with version: 2 blocked',
  }),
  ackMessage: key(text(5000).nullable().default(null), 'What is acknowledged before use.', {
    defaultText: 'a general text',
  }),
});

export const defaults = section({
  models: key(defaultModels, 'Access to models.'),
  tokens: key(
    policy('tokens').nullable().default(null),
    'Pool of those whom no other policy covers.',
    {
      defaultText: 'none: no budget, no access',
    },
  ),
});

export const budgets = section({
  defaultOutputTokens: key(
    wholeNumber(1, 10_000_000).default(4096),
    'Output assumed when neither the request nor the model limits it.',
    { unit: 'tokens' },
  ),
  leaseS: key(
    seconds(5, 600).default(30),
    'A replica that is silent for longer is taken for dead.',
  ),
  reaperIntervalS: key(
    seconds(1, 600).default(10),
    'Time between two looks for holds of dead replicas.',
  ),
  refreshIntervalS: key(
    seconds(1, 3600).default(60),
    'Time between two looks for pools to refresh.',
  ),
  maxQueue: key(
    wholeNumber(1, 1_000_000).default(10_000),
    'Most holds and settlements that wait to be written; more are refused with 503.',
    { unit: 'requests' },
  ),
});

export const retention = section({
  requestLogDays: key(
    days.default(400),
    'Requests are kept this long; hourly sums stay. 0: for ever.',
  ),
  chatDays: key(
    days.default(0),
    'Conversations are kept this long after their last message. 0: for ever.',
  ),
  auditDays: key(days.default(0), 'Audit entries are kept this long. 0: for ever.'),
});
