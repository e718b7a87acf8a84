import { Worker } from 'node:worker_threads';
import { type PdfAnswer, type PdfRequest } from './pdf-text.worker.js';

export interface PdfLimits {
  readonly mostPages: number;
  readonly mostChars: number;
  readonly timeMs: number;
  readonly memoryMb: number;
}

export type PdfReading = PdfAnswer | { readonly kind: 'too_long' };

const MIB = 2 ** 20;
const LOOK_EVERY_MS = 50;
/** Of the time: then it is time to make do with the pages that have been read. */
const ENOUGH = 0.8;
/** Of the memory: what is unpacked in one piece is copied as it grows. */
const AT_ONCE = 1 / 4;

/**
 * Takes the text out of one PDF in a thread of its own, which ends with it. Reading one is running a
 * program that somebody else wrote: it gets so much time and so much memory.
 * Rejects with the signal's reason, or when the thread cannot be had.
 */
export async function readPdf(
  program: URL,
  bytes: Uint8Array<ArrayBuffer>,
  limits: PdfLimits,
  signal: AbortSignal,
): Promise<PdfReading> {
  signal.throwIfAborted();
  const worker = new Worker(program, {
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    env: {},
    execArgv: [],
  });
  const { promise, resolve, reject } = Promise.withResolvers<PdfReading>();
  worker.once('message', resolve);
  worker.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ kind: 'too_complex' });
    else reject(error);
  });
  worker.once('exit', () => reject(new Error('The thread that reads a PDF ended.')));
  const aborted = () => reject(signal.reason as Error);
  signal.addEventListener('abort', aborted, { once: true });
  const overdue = setTimeout(() => resolve({ kind: 'too_long' }), limits.timeMs);
  const watch = watchMemory(worker, limits.memoryMb * MIB, () => resolve({ kind: 'too_complex' }));
  worker.postMessage(requestOf(bytes, limits), [bytes.buffer]);
  try {
    return await promise;
  } finally {
    clearTimeout(overdue);
    clearInterval(watch);
    signal.removeEventListener('abort', aborted);
    await worker.terminate();
  }
}

function requestOf(bytes: Uint8Array, limits: PdfLimits): PdfRequest {
  const { mostPages, mostChars, timeMs, memoryMb } = limits;
  const mostBytesAtOnce = Math.floor(memoryMb * MIB * AT_ONCE);
  return { bytes, mostPages, mostChars, enoughMs: timeMs * ENOUGH, mostBytesAtOnce };
}

/** The limits that a thread has by itself know nothing of what stands outside its heap. */
function watchMemory(worker: Worker, most: number, exceeded: () => void): NodeJS.Timeout {
  const look = async () => {
    const { total_heap_size: heap, external_memory: outside } = await worker.getHeapStatistics();
    if (heap + outside > most) exceeded();
  };
  // It has ended meanwhile.
  return setInterval(() => void look().catch(() => undefined), LOOK_EVERY_MS);
}
