import { describe, expect, it } from '@jest/globals';
import { configurationsAreReadOrRefused } from '../../support/fuzz/configuration-property.js';
import {
  deltasAreRead,
  framesKeepEveryByte,
  messagesAreWritten,
} from '../../support/fuzz/event-stream-property.js';
import { formsAreReadOrRefused } from '../../support/fuzz/form-property.js';
import { fuzzSeed } from '../../support/fuzz/seed.js';

/** One seed, so that a run is like another; `npm run prove -- fuzz` takes ever new ones. */
const seed = fuzzSeed(20_260_301);
/** On a machine that has much else to do; alone each takes a second. */
const LONG_MS = 120_000;

describe('whatever it is given', () => {
  it(
    'the configuration is read, or refused with reasons',
    () => {
      const { valid } = configurationsAreReadOrRefused({ seed, runs: 150 });
      expect(valid).toBeGreaterThan(5);
    },
    LONG_MS,
  );

  it(
    'a form is read, or refused as the caller’s fault',
    async () => {
      const { read } = await formsAreReadOrRefused({ seed, runs: 400 });
      expect(read).toBeGreaterThan(5);
    },
    LONG_MS,
  );

  it(
    'an event stream loses no byte',
    () => {
      framesKeepEveryByte({ seed, runs: 400 });
    },
    LONG_MS,
  );

  it(
    'an event stream is read without a throw, for the chat and for Anthropic’s tools',
    () => {
      const { told, failed } = deltasAreRead({ seed, runs: 600 });
      expect(Math.min(told, failed)).toBeGreaterThan(20);
      messagesAreWritten({ seed, runs: 400 });
    },
    LONG_MS,
  );
});
