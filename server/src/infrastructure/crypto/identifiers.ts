import { v7 } from 'uuid';

/** A new row id: UUIDv7 text, made by the application so that both databases sort by time alike. */
export function newId(): string {
  return v7();
}
