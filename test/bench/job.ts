import { type Kind } from './exchange.ts';

/** What the load is told to do: ask `origin` on so many connections, each again after its answer. */
export interface Job {
  origin: string;
  key: string;
  connections: number;
  kind: Kind;
  /** Milliseconds between an answer and the next request on its connection. */
  pauseMs: number;
  /** No request starts later than this many milliseconds after the first. */
  forMs: number;
}

export interface JobResult {
  answers: number;
  /** Milliseconds from the first request to the last answer. */
  elapsedMs: number;
  medianMs: number;
  medianFirstByteMs: number;
  /** Frames that were sent to the callers, of which were lost or came late. */
  frames: number;
  framesLost: number;
  framesReordered: number;
}

export type JobOutcome = { result: JobResult } | { error: string };
