import { vi } from 'vitest';

/** For what takes a moment and, on a busy machine, many; nothing waits this long on purpose. */
const TEST_MS = 60_000;
const WAIT_MS = 20_000;

vi.setConfig({ testTimeout: TEST_MS, hookTimeout: TEST_MS });

const waitFor = vi.waitFor.bind(vi);
/** What comes about is seen as soon as ever; what never does is told later than after a second. */
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: WAIT_MS, ...options });
