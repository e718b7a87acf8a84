import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { configurationsAreReadOrRefused } from '../support/fuzz/configuration-property.js';
import {
  deltasAreRead,
  framesKeepEveryByte,
  messagesAreWritten,
} from '../support/fuzz/event-stream-property.js';
import { formsAreReadOrRefused } from '../support/fuzz/form-property.js';
import { CALLERS, FuzzedLumen } from '../support/fuzz/fuzzed-lumen.js';
import { fuzzSeed } from '../support/fuzz/seed.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';

/** Requests to each route by each caller; the readers get a thousand times as many. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 40);
const LONG_MS = 3_600_000;
const seed = fuzzSeed(randomInt(2 ** 31 - 1_000));

describe('whatever it is given', () => {
  const runs = 1_000 * RUNS;

  it(
    'the configuration is read, or refused with reasons',
    () => {
      // One takes milliseconds: the whole example is read.
      const found = configurationsAreReadOrRefused({ seed, runs: runs / 4 });
      process.stdout.write(`configurations: ${JSON.stringify(found)} of ${runs / 4}\n`);
    },
    LONG_MS,
  );

  it(
    'a form is read, or refused as the caller’s fault',
    async () => {
      const found = await formsAreReadOrRefused({ seed, runs });
      process.stdout.write(`forms: ${JSON.stringify(found)} of ${runs}\n`);
    },
    LONG_MS,
  );

  it(
    'an event stream is read to the last byte, for the chat and for Anthropic’s tools',
    () => {
      framesKeepEveryByte({ seed, runs });
      const found = deltasAreRead({ seed, runs });
      messagesAreWritten({ seed, runs });
      process.stdout.write(`event streams: ${JSON.stringify(found)} of ${runs}\n`);
    },
    LONG_MS,
  );
});

describe.each(DIALECTS)('every route of the OpenAPI document on %s', (dialect) => {
  it(
    'gives a sound answer to whatever it is sent, by whomever',
    async () => {
      await using lumen = await FuzzedLumen.start(dialect);
      for (const caller of CALLERS) await lumen.fuzz(caller, { seed, runs: RUNS });
      process.stdout.write(`${dialect}: ${JSON.stringify([...lumen.statuses].sort())}\n`);
      const { log, errors } = lumen.server;
      expect(errors).toEqual([]);
      expect(log.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
    },
    LONG_MS,
  );
});
