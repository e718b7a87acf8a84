import { describe, expect, it } from '@jest/globals';
import { readPdf } from './pdf-reader.js';

const LIMITS = { mostPages: 1, mostChars: 10, timeMs: 20_000, memoryMb: 64 };
const MIB = 2 ** 20;

/** A program that gets the request as `request` and answers with `answer`. */
const programOf = (body: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(
      "import { parentPort } from 'node:worker_threads';" +
        `parentPort.once('message', (request) => { const answer = (what) => parentPort.postMessage(what); ${body} });`,
    )}`,
  );
const run = (body: string, limits = {}, signal = new AbortController().signal) =>
  readPdf(programOf(body), new Uint8Array([1, 2, 3]), { ...LIMITS, ...limits }, signal);

describe('reading a PDF in a thread of its own', () => {
  it('hands over the bytes and brings back the answer', async () => {
    const echo = "answer({ kind: 'text', text: String(request.bytes), isCut: false })";
    expect(await run(echo)).toEqual({ kind: 'text', text: '1,2,3', isCut: false });
  });

  it('ends when its time is over, at work or idle', async () => {
    expect(await run('for (;;);', { timeMs: 200 })).toEqual({ kind: 'too_long' });
    expect(await run('setInterval(() => {}, 1000);', { timeMs: 200 })).toEqual({
      kind: 'too_long',
    });
  });

  it('ends when it takes too much of the heap', async () => {
    const hog = 'const all = []; for (;;) all.push({ all: [all.length, {}] });';
    expect(await run(hog)).toEqual({ kind: 'too_complex' });
  });

  it('ends when it takes too much outside the heap', async () => {
    const hog = `const all = []; for (;;) { if (all.length < 100) all.push(new Uint8Array(${MIB}).fill(1)); }`;
    expect(await run(hog)).toEqual({ kind: 'too_complex' });
  });

  it('ends when nobody wants it any more', async () => {
    const left = new AbortController();
    const reading = run('for (;;);', {}, left.signal);
    left.abort(new Error('left'));
    await expect(reading).rejects.toThrow('left');
    await expect(run('', {}, left.signal)).rejects.toThrow('left');
  });

  it('says that the thread failed', async () => {
    await expect(run("throw new Error('bug')")).rejects.toThrow('bug');
    await expect(run('process.exit(0)')).rejects.toThrow('ended');
  });
});
