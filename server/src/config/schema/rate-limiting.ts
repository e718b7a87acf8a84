import { z } from 'zod';
import { isRateLimit } from '../rate-limit.js';
import { Secret } from '../secret.js';
import { key, section, withFacts } from './key.js';
import {} from './values.js';

const rateLimit = withFacts(z.string().max(200).refine(isRateLimit), {
  allowed: '"N per second|minute|hour|day", several joined by ";"',
});

const redisUrl = withFacts(
  z
    .string()
    .regex(/^rediss?:\/\/\S+$/)
    .transform((value) => new Secret(value)),
  {
    allowed: 'a redis:// or rediss:// address',
    secret: true,
    read: (value) => (value === 'memory://' || value === '' ? null : value),
  },
);

export const rateLimiting = section({
  limit: key(
    rateLimit.default('30 per minute'),
    'Requests per API key on /v1, and what a person asks models on /chat.',
  ),
  login: key(rateLimit.default('20 per minute'), 'Login attempts per address.'),
  failedKeys: key(rateLimit.default('60 per minute'), 'Requests with a wrong API key per address.'),
  storageUrl: key(
    redisUrl.nullable().default(null),
    'Redis that all replicas share, redis://host:6379/0.',
    {
      reload: 'restart',
      env: 'REDIS_URL',
      defaultText: 'each process counts for itself',
    },
  ),
});
