import { newId } from '../../infrastructure/crypto/identifiers.js';

export function newMessageId(): string {
  return `msg_${newId().replaceAll('-', '')}`;
}

/** The backend's id of a call, or a new one where it gives none. */
export function toolIdOf(id: unknown): string {
  return typeof id === 'string' && id !== '' ? id : `toolu_${newId().replaceAll('-', '')}`;
}
