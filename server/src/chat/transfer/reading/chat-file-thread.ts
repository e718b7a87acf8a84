import { Worker } from 'node:worker_threads';
import { type ChatFileAnswer, type ChatFilePiece } from './chat-file.worker.js';
import { type FoundConversations } from './imported-conversation.js';
import { NotJsonError } from './json-elements.js';

export interface ThreadLimits {
  /** For one piece of the file. */
  readonly timeMs: number;
  readonly memoryMb: number;
}

/** The thread took too long, or too much memory; what it had found before stays found. */
export class ReadingEndedError extends Error {}

/**
 * Reads a file of conversations in a thread of its own: parsing is work, and whoever made the file may
 * have meant it to be. Each piece is read when what was found before has been taken.
 * @throws NotJsonError, ReadingEndedError
 */
export async function* readInThread(
  program: URL,
  pieces: AsyncIterable<Buffer>,
  limits: ThreadLimits,
): AsyncGenerator<FoundConversations> {
  const worker = new Worker(program, {
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    env: {},
    execArgv: [],
  });
  // What happens to it between two pieces is told when the next one is asked for.
  worker.on('error', () => undefined);
  try {
    for await (const piece of pieces) yield await ask(worker, Uint8Array.from(piece), limits);
    yield await ask(worker, null, limits);
  } finally {
    await worker.terminate();
  }
}

async function ask(
  worker: Worker,
  piece: ChatFilePiece,
  limits: ThreadLimits,
): Promise<FoundConversations> {
  const { promise, resolve, reject } = Promise.withResolvers<ChatFileAnswer>();
  const failed = (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? new ReadingEndedError('it takes too much memory to read')
        : error,
    );
  const exited = () => reject(new Error('The thread that reads conversations ended.'));
  const late = () => reject(new ReadingEndedError('it takes too long to read'));
  const overdue = setTimeout(late, limits.timeMs);
  worker.once('message', resolve).once('error', failed).once('exit', exited);
  worker.postMessage(piece, piece === null ? [] : [piece.buffer as ArrayBuffer]);
  try {
    const answer = await promise;
    if (answer === null) throw new NotJsonError('It is not JSON.');
    return answer;
  } finally {
    clearTimeout(overdue);
    worker.off('message', resolve).off('error', failed).off('exit', exited);
  }
}
