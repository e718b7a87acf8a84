import { type ServerResponse } from 'node:http';
import { type Writable } from 'node:stream';
import { Gate } from './gate.js';
import { type RecordedRequest } from './recorded-request.js';

/** Does with one request what a test wants; what it throws is kept in `FakeUpstream.failures`. */
export type Behaviour = (
  request: RecordedRequest,
  response: ServerResponse,
) => void | Promise<void>;

/** Bytes that are worth some tokens of output. */
export interface Output {
  bytes: string | Buffer;
  tokens: number;
}

/** Bytes to send, or something to wait for before the next ones. */
export type Piece = string | Buffer | Output | Gate | Promise<unknown>;

/**
 * Writes the bytes among `pieces`, each in a write of its own, and waits at the gates and promises
 * among them. Answers false, at once, if the caller has left meanwhile.
 */
export async function writePieces(
  target: Writable,
  request: RecordedRequest,
  pieces: readonly Piece[],
): Promise<boolean> {
  for (const piece of pieces) {
    const awaited = piece instanceof Gate ? piece.opened : piece;
    if (awaited instanceof Promise) await Promise.race([awaited, request.closed]);
    else if (!(await writeOutput(target, request, awaited))) return false;
    if (request.outcome !== 'open') return false;
  }
  return true;
}

/** Answers whether the bytes were taken; a connection that is gone takes none. */
async function writeOutput(
  target: Writable,
  request: RecordedRequest,
  piece: string | Buffer | Output,
): Promise<boolean> {
  const isPlain = typeof piece === 'string' || Buffer.isBuffer(piece);
  const { bytes, tokens } = isPlain ? { bytes: piece, tokens: 0 } : piece;
  const written = new Promise<boolean>((resolve) => {
    target.write(bytes, (error) => resolve(!error));
  });
  const isWritten = await Promise.race([written, request.closed.then(() => false)]);
  if (isWritten) request.tokensServed += tokens;
  return isWritten;
}

/** The single bytes of a text: the finest way in which a network may cut it. */
export function singleBytes(text: string | Buffer): Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
}
