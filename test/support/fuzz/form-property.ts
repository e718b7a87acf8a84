import { Readable } from 'node:stream';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../../server/src/infrastructure/errors/app-error.js';
import { FormReader } from '../../../server/src/infrastructure/http/forms/form-reader.js';
import { FORM_TYPES, hostileForm } from './hostile-forms.js';
import { type FuzzRuns } from './seed.js';
import { pieces } from './pieces.js';

const FILE_BYTES = 100_000;
/** A form takes a millisecond: only one that never comes to an end takes so long. */
const LONGEST_MS = 20_000;

/** Any bytes as a form, in any pieces: its parts, or a refusal that is the caller's fault. */
export async function formsAreReadOrRefused({ seed, runs }: FuzzRuns): Promise<{ read: number }> {
  let read = 0;
  const type = fc.oneof(
    { weight: 8, arbitrary: fc.constant(FORM_TYPES[0]) },
    fc.constantFrom(...FORM_TYPES),
  );
  await fc.assert(
    fc.asyncProperty(hostileForm, type, fc.array(fc.nat(), { maxLength: 8 }), async (...given) => {
      if (await isRead(...given)) read += 1;
    }),
    { seed, numRuns: runs, timeout: LONGEST_MS, endOnFailure: true },
  );
  return { read };
}

async function isRead(bytes: Buffer, type: string, cuts: readonly number[]): Promise<boolean> {
  let stored = 0;
  const target = {
    get size() {
      return stored;
    },
    append: (chunk: Uint8Array) => {
      stored += chunk.length;
      return Promise.resolve();
    },
  };
  const reader = new FormReader(target, { fileBytes: FILE_BYTES, unnamed: 'file' });
  const source = Readable.from(pieces(bytes, cuts), { objectMode: false });
  try {
    const parts = await reader.read(source, type);
    expect(parts.filter(({ kind }) => kind === 'file')).toHaveLength(1);
    expect(stored).toBeLessThanOrEqual(FILE_BYTES);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.status).toBeLessThan(500);
    return false;
  }
}
