import { readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { type IFormat, parseFromTokenizer } from 'music-metadata';
import {
  AbstractTokenizer,
  EndOfStreamError,
  type IRandomAccessTokenizer,
  type IReadChunkOptions,
} from 'strtok3';
import { type MeasuredAudio } from './audio-length.js';

/** A file to look at, by the descriptor under which this process has it open. */
export interface MeasureRequest {
  readonly descriptor: number;
  readonly size: number;
}

const SECOND = 1000;
const WINDOW_BYTES = 64 * 1024;
/** Read in all; more than parsers need of a file as large as any that is sent. */
const MOST_BYTES = 512 * 1024 * 1024;
/** In one piece: tags with a picture in them. */
const MOST_BUFFER_BYTES = 16 * 1024 * 1024;

/**
 * Reads a file through a window: parsers ask for a few bytes at a time. A file that sends its parser
 * to and fro is given up.
 */
class WindowTokenizer extends AbstractTokenizer implements IRandomAccessTokenizer {
  readonly fileInfo: { size: number };
  private readonly window = Buffer.alloc(WINDOW_BYTES);
  private windowStart = 0;
  private windowLength = 0;
  private bytesLeft = MOST_BYTES;

  constructor(private readonly request: MeasureRequest) {
    super({ maxBufferSize: MOST_BUFFER_BYTES });
    this.fileInfo = { size: request.size };
  }

  supportsRandomAccess(): boolean {
    return true;
  }

  setPosition(position: number): void {
    this.validateLength(position, 'position');
    this.position = position;
  }

  async readBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { position = this.position } = options ?? {};
    const bytesRead = await this.peekBuffer(target, options);
    this.position = position + bytesRead;
    return bytesRead;
  }

  peekBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { length, position, mayBeLess } = this.normalizeOptions(target, options);
    let done = 0;
    while (done < length) {
      const bytes = this.bytesAt(position + done).subarray(0, length - done);
      if (bytes.length === 0) break;
      target.set(bytes, done);
      done += bytes.length;
    }
    if (done < length && !mayBeLess) return Promise.reject(new EndOfStreamError());
    return Promise.resolve(done);
  }

  /** What is known of the file from there on; nothing at its end. */
  private bytesAt(position: number): Buffer {
    const isKnown = position >= this.windowStart && position < this.windowStart + this.windowLength;
    if (!isKnown) this.moveTo(position);
    return this.window.subarray(position - this.windowStart, this.windowLength);
  }

  private moveTo(position: number): void {
    this.bytesLeft -= WINDOW_BYTES;
    if (this.bytesLeft < 0) throw new Error('Too much of the file had to be read.');
    this.windowStart = position;
    const { descriptor } = this.request;
    this.windowLength = readSync(descriptor, this.window, 0, WINDOW_BYTES, position);
  }
}

/** What the file says of itself; rejects if nobody can read it. */
export async function measure(request: MeasureRequest): Promise<MeasuredAudio | null> {
  const options = { duration: true, skipCovers: true };
  const { format } = await parseFromTokenizer(new WindowTokenizer(request), options);
  return measuredOf(format);
}

function measuredOf(format: IFormat): MeasuredAudio {
  const { duration, codec, container } = format;
  const isKnown = typeof duration === 'number' && Number.isFinite(duration) && duration > 0;
  const isRaw = container === 'WAVE' && codec === 'PCM';
  return {
    durationMs: isKnown ? duration * SECOND : null,
    rawBitrate: isRaw ? rawBitrateOf(format) : null,
    hasVideo: format.hasVideo === true,
  };
}

function rawBitrateOf({ sampleRate, bitsPerSample, numberOfChannels }: IFormat): number | null {
  const bitrate = (sampleRate ?? 0) * (bitsPerSample ?? 0) * (numberOfChannels ?? 0);
  return bitrate > 0 ? bitrate : null;
}

parentPort?.on('message', (request: MeasureRequest) => {
  measure(request).then(
    (measured) => parentPort!.postMessage(measured),
    () => parentPort!.postMessage(null),
  );
});
