import { type ModelEndpoint } from './catalogue-entry.js';

const ANTHROPIC = 'https://api.anthropic.com';
const ANTHROPIC_VERSION = '2023-06-01';

/** What a backend is sent when Lumen itself asks it something, such as which models it has. */
export function questionHeaders({
  origin,
  authorization,
}: Pick<ModelEndpoint, 'origin' | 'authorization'>): Record<string, string> {
  const accept = 'application/json';
  if (origin === ANTHROPIC) {
    const key = (authorization ?? '').replace(/^Bearer\s+/i, '');
    return { accept, 'anthropic-version': ANTHROPIC_VERSION, 'x-api-key': key };
  }
  return authorization === null ? { accept } : { accept, authorization };
}
