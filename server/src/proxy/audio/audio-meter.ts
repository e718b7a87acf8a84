import { Worker } from 'node:worker_threads';
import { type MeasuredAudio } from './audio-length.js';
import { type MeasureRequest } from './audio-length.worker.js';

export interface MeterLimits {
  /** Milliseconds for one file. */
  readonly timeLimitMs: number;
  /** Milliseconds after which a file that still waits for its turn is not looked at any more. */
  readonly longestWaitMs: number;
}

const MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 };

/**
 * Looks into audio files in a thread of its own, one after the other: parsing is work, and a file
 * that was made to keep a parser busy costs nobody more than its time limit.
 */
export class AudioMeter {
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly program: URL,
    private readonly limits: MeterLimits,
  ) {}

  /** Never rejects; null: it could not be told. Until then the descriptor must stay open. */
  measure(request: MeasureRequest): Promise<MeasuredAudio | null> {
    const deadline = performance.now() + this.limits.longestWaitMs;
    const turn = this.last.then(() =>
      performance.now() > deadline ? null : this.ask(request).catch(() => null),
    );
    this.last = turn;
    return turn;
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }

  private async ask(request: MeasureRequest): Promise<MeasuredAudio | null> {
    const worker = (this.worker ??= this.start());
    const { promise, resolve, reject } = Promise.withResolvers<MeasuredAudio | null>();
    const exited = () => reject(new Error('The thread ended.'));
    const overdue = setTimeout(
      () => reject(new Error('It took too long.')),
      this.limits.timeLimitMs,
    );
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', exited);
    worker.postMessage(request);
    try {
      return await promise;
    } catch (error) {
      // It must not read from a descriptor that may soon be another file's.
      await this.close();
      throw error;
    } finally {
      clearTimeout(overdue);
      worker.off('message', resolve);
      worker.off('error', reject);
      worker.off('exit', exited);
    }
  }

  private start(): Worker {
    const worker = new Worker(this.program, { resourceLimits: MEMORY, env: {}, execArgv: [] });
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.worker === worker) this.worker = null;
    });
    worker.unref();
    return worker;
  }
}
