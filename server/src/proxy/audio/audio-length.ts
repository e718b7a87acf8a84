/** What a file says of itself. */
export interface MeasuredAudio {
  /** Null: it could not be told. */
  readonly durationMs: number | null;
  /** Bits a second of samples that are not compressed; null: they are, or it could not be told. */
  readonly rawBitrate: number | null;
  /** There are pictures in it, so that its size tells little of its length. */
  readonly hasVideo: boolean;
}

/** How long a piece of audio is, in milliseconds. */
export interface AudioLength {
  /** What is held for. */
  readonly most: number;
  /** A report above is not believed. */
  readonly plausible: number;
  /** What is charged where the backend does not say. */
  readonly likely: number;
  /** By what the file says of itself; else by its size alone. */
  readonly isMeasured: boolean;
}

const SECOND = 1000;
/** Bits a second. What speech is never stored in less than, … */
const LOWEST_BITRATE = 6_000;
/** … what it is often stored in, … */
const USUAL_BITRATE = 64_000;
/** … what music is not compressed to more than, … */
const HIGHEST_BITRATE = 320_000;
/** … and less than any codec makes: a file that says so is wrong. */
const IMPOSSIBLE_BITRATE = 1_000;
/** Backends round up to whole seconds, and decoders add a little silence at the ends. */
const TOLERANCE = 1.02;

/**
 * What a file of so many bytes can be as audio. What it says of itself is the caller's word: one that
 * claims to be shorter than its size allows is held for by its size, and a backend which knows better
 * is believed as far as speech can be compressed.
 */
export function audioLength(bytes: number, measured: MeasuredAudio | null): AudioLength {
  const durationMs = plausible(bytes, measured);
  const longest = wholeSeconds(atBitrate(bytes, LOWEST_BITRATE));
  if (durationMs === null) {
    const likely = atBitrate(bytes, USUAL_BITRATE);
    return { most: longest, plausible: longest, likely, isMeasured: false };
  }
  const rawBitrate = measured?.rawBitrate ?? null;
  const floor = measured?.hasVideo ? 0 : atBitrate(bytes, rawBitrate ?? HIGHEST_BITRATE);
  const most = wholeSeconds(Math.max(durationMs, floor) * TOLERANCE) + SECOND;
  return {
    most,
    plausible: rawBitrate === null ? Math.max(most, longest) : most,
    likely: Math.ceil(durationMs),
    isMeasured: true,
  };
}

/** Samples that are not compressed are counted by their size: recorders leave the length open. */
function plausible(bytes: number, measured: MeasuredAudio | null): number | null {
  if (measured === null) return null;
  const { durationMs, rawBitrate } = measured;
  const bySize = rawBitrate === null ? null : atBitrate(bytes, rawBitrate);
  if (durationMs === null) return bySize;
  if (bySize !== null) return Math.min(durationMs, bySize);
  return durationMs <= atBitrate(bytes, IMPOSSIBLE_BITRATE) ? durationMs : null;
}

const atBitrate = (bytes: number, bitrate: number) => Math.ceil((bytes * 8 * SECOND) / bitrate);
const wholeSeconds = (ms: number) => Math.ceil(ms / SECOND) * SECOND;
