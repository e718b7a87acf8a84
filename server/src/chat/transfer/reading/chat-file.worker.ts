import { parentPort } from 'node:worker_threads';
import { ChatFileReader } from './chat-file-reader.js';
import { type FoundConversations } from './imported-conversation.js';
import { NotJsonError } from './json-elements.js';

/** A piece of the file; null: it has ended. */
export type ChatFilePiece = Uint8Array | null;

/** Of each piece; null: it is no file of conversations. */
export type ChatFileAnswer = FoundConversations | null;

const reader = new ChatFileReader();

function answerTo(piece: ChatFilePiece): ChatFileAnswer {
  try {
    return piece === null ? reader.end() : reader.push(Buffer.from(piece.buffer));
  } catch (error) {
    if (error instanceof NotJsonError) return null;
    throw error;
  }
}

parentPort?.on('message', (piece: ChatFilePiece) => parentPort!.postMessage(answerTo(piece)));
