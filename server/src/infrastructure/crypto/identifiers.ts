import { randomUUID } from 'node:crypto';

const LARGEST_SEQUENCE = 0xfff;
let lastMs = 0;
let sequence = 0;

/**
 * A new row id: UUIDv7 text (RFC 9562) made by the application, so that both databases sort by time
 * alike. Ids of one process sort in the order they were made, within a millisecond too. Every request
 * takes some, so the random bits come from Node's own supply, a quarter of the time of a library here.
 */
export function newId(): string {
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = 0;
  } else if (sequence < LARGEST_SEQUENCE) {
    sequence += 1;
  } else {
    lastMs += 1;
    sequence = 0;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const count = sequence.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${randomUUID().slice(19)}`;
}
