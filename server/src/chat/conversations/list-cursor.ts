import { isUUID } from 'class-validator';
import { AppError } from '../../infrastructure/errors/app-error.js';

/** The last row of a page; the next begins after it, whatever came or went meanwhile. */
export interface ListPosition {
  readonly updatedMs: number;
  readonly id: string;
}

const CURSOR = /^(\d{1,15})\.([0-9a-f-]{36})$/;

export function asCursor({ updatedMs, id }: ListPosition): string {
  return Buffer.from(`${updatedMs}.${id}`).toString('base64url');
}

/** @throws AppError invalid_request: it is nothing that `asCursor` made */
export function fromCursor(cursor: string): ListPosition {
  const [, updated, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (updated && isUUID(id)) return { updatedMs: Number(updated), id: id! };
  throw new AppError(
    'invalid_request',
    'The cursor is none that a page of this list gave. Leave it out to begin with the first page.',
    { param: 'cursor' },
  );
}
