import { z } from 'zod';
import { Secret } from '../secret.js';
import { withFacts } from './key.js';

/** The kinds of values that keys of several sections share. */

const YES_NO = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
]);

/** `true` and `false`; also YAML 1.1's yes/no/on/off, which many files still use. */
export const flag = withFacts(z.boolean(), { allowed: 'true or false', read: readYesOrNo });

export function readYesOrNo(value: unknown): unknown {
  return typeof value === 'string' ? (YES_NO.get(value.toLowerCase()) ?? value) : value;
}

export const text = (maxLength = 1000) =>
  withFacts(z.string().max(maxLength), { allowed: `a text of at most ${maxLength} characters` });

/** A text that is not empty and has no spaces around it. */
export const name = (maxLength = 128) =>
  withFacts(
    z
      .string()
      .max(maxLength)
      .refine((value) => value !== '' && value.trim() === value && !CONTROL.test(value)),
    { allowed: `a text of 1 to ${maxLength} characters without spaces around it` },
  );

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/;

/** A new schema each time: Zod hands its default out by reference. */
export const secret = () =>
  withFacts(
    z
      .string()
      .min(1)
      .max(4096)
      .transform((value) => new Secret(value)),
    { allowed: 'a text', secret: true },
  );

export const wholeNumber = (min: number, max: number) =>
  withFacts(z.int().min(min).max(max), { allowed: `a whole number from ${min} to ${max}` });

export const number = (min: number, max: number) =>
  withFacts(z.number().min(min).max(max), { allowed: `a number from ${min} to ${max}` });

export const seconds = (min: number, max: number) =>
  withFacts(z.number().min(min).max(max), {
    allowed: `a number from ${min} to ${max}`,
    unit: 'seconds',
  });

export const days = withFacts(z.int().min(0).max(36_500), {
  allowed: 'a whole number from 0 to 36500',
  unit: 'days',
});

const SIZE = /^(\d+(?:\.\d+)?)\s*(B|kB|KB|MB|GB|KiB|MiB|GiB)$/;
const SIZE_UNITS: Record<string, number> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** A size: a number of bytes, or a text such as `20 MB` or `512 KiB`. */
export const bytes = (min: number, max: number) =>
  withFacts(z.int().min(min).max(max), {
    allowed: `a whole number from ${min} to ${max}, or a size such as 20 MB or 512 KiB`,
    unit: 'bytes',
    read: readSize,
  });

function readSize(value: unknown): unknown {
  const match = typeof value === 'string' ? SIZE.exec(value.trim()) : null;
  if (!match) return value;
  return Math.round(Number(match[1]) * (SIZE_UNITS[match[2] ?? ''] ?? 1));
}

/** An http(s) address without credentials, query or fragment, kept as it is written. */
export const exactUrl = withFacts(z.string().max(2048).refine(isPlainHttpUrl), {
  allowed: 'an http:// or https:// address without user name, ? or #',
});

/** The same for addresses that paths are added to: a slash at the end is dropped. */
export const httpUrl = withFacts(exactUrl, {
  read: (value) => (typeof value === 'string' ? value.trim().replace(/\/+$/, '') : value),
});

function isPlainHttpUrl(value: string): boolean {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return url.username === '' && url.password === '' && !/[?#\s]/.test(value);
}

/** E-mail addresses are compared without regard to case, so they are kept in lower case. */
export const email = withFacts(
  z
    .string()
    .max(320)
    .regex(/^[^\s@]+@[^\s@]+$/),
  {
    allowed: 'an e-mail address',
    read: lowerCase,
  },
);

export function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}

/** A list of values; a single one may stand for a list of one. */
export const list = <S extends z.ZodType>(item: S, maxLength = 10_000) =>
  withFacts(z.array(item).max(maxLength), {
    read: (value) => (typeof value === 'string' && value !== '' ? [value] : value),
  }).default([] as z.output<S>[]);

export const choice = <const T extends readonly [string, ...string[]]>(...words: T) =>
  withFacts(z.enum(words), { allowed: `one of ${words.join(', ')}` });

const ACCESS_WORDS = new Map([
  ['whitelist', 'allowed'],
  ['blacklist', 'blocked'],
  ['graylist', 'needs_ack'],
  ['greylist', 'needs_ack'],
]);

/** What a person may do with a model; the words of earlier versions mean the same. */
export const accessWord = withFacts(z.enum(['allowed', 'needs_ack', 'blocked']), {
  allowed: 'one of allowed, needs_ack, blocked (also whitelist, graylist, blacklist)',
  read: (value) => (typeof value === 'string' ? (ACCESS_WORDS.get(value) ?? value) : value),
});

export const colour = withFacts(z.string().regex(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i), {
  allowed: 'a colour such as "#13294b", in quotes',
});

/** A number as text would lose its zeros and its sign, so it has to be quoted in the file. */
export const month = withFacts(z.string().regex(/^\d{4}(?:-\d{2})?(?:-\d{2})?$/), {
  allowed: 'a date such as 2024-06',
  read: (value) => (Number.isInteger(value) ? String(value) : value),
});
