import { createHash } from 'node:crypto';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type Client } from './client.entity.js';

const LENGTH = 16;

type Said = Pick<Client, 'name' | 'description' | 'isActive' | 'defaultModel'>;

/** Tells a client from the same client after a change, so that an edit of an older one is noticed. */
export function clientVersion({ description, isActive, defaultModel }: Said): string {
  const said = JSON.stringify([description, isActive, defaultModel]);
  return createHash('sha256').update(said).digest('base64url').slice(0, LENGTH);
}

/** @throws AppError conflict, with the client as it is in `details.current` */
export function refuseStaleClient(client: Said, basedOn: string | undefined): void {
  const version = clientVersion(client);
  if (basedOn === undefined || basedOn === version) return;
  const { name, description, isActive, defaultModel } = client;
  throw new AppError(
    'conflict',
    `Somebody changed the client "${name}" meanwhile. Look at both versions, then save again.`,
    { details: { current: { description, isActive, defaultModel, version } } },
  );
}
