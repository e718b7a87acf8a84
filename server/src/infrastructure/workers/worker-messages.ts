/** The environment variable by which a worker knows its number, from 1. */
export const WORKER_NUMBER = 'LUMEN_WORKER';

/** What one worker says of itself. */
export interface WorkerPage {
  readonly worker: number;
  readonly text: string;
}

/** What the first process says to a worker. */
export type ToWorker =
  | { readonly lumen: 'stop' }
  /** Comes with a socket. */
  | { readonly lumen: 'connection' }
  /** The port that everybody shares has this address, and the worker its share of the connections. */
  | { readonly lumen: 'open'; readonly address: string }
  /** There will be no further connection. */
  | { readonly lumen: 'closed' }
  /** Say what you know of yourself. */
  | { readonly lumen: 'tell'; readonly question: number }
  /** What all said, to the one that asked. */
  | { readonly lumen: 'pages'; readonly question: number; readonly pages: readonly WorkerPage[] };

/** What a worker says to the first process. */
export type FromWorker =
  /** Connections may come. */
  | { readonly lumen: 'ready' }
  /** It stops, and connections need not come any more. */
  | { readonly lumen: 'drained' }
  | { readonly lumen: 'ask'; readonly question: number }
  | { readonly lumen: 'page'; readonly question: number; readonly text: string };

/** The number of this process among the workers; null where there are none. */
export function ownWorkerNumber(): number | null {
  const text = process.env[WORKER_NUMBER];
  return process.send && text ? Number(text) : null;
}

/** Whether something that came over the channel is one of our messages; others use it, too. */
export function isOurs<Message extends ToWorker | FromWorker>(
  message: unknown,
): message is Message {
  return typeof message === 'object' && message !== null && 'lumen' in message;
}
