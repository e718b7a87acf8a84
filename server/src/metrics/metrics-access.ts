import { type Configuration } from '../config/index.js';
import { sameSecret } from '../infrastructure/crypto/tokens.js';
import { AppError } from '../infrastructure/errors/app-error.js';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Lets through who may read the metrics: whoever shows the token, everybody where there is none.
 * @throws AppError not_found where they are not enabled, api_key_missing, api_key_invalid
 */
export function assertMayRead(
  authorization: string | undefined,
  { prometheus }: Pick<Configuration, 'prometheus'>,
): void {
  if (!prometheus.enabled) {
    throw new AppError('not_found', 'There is nothing at /metrics.');
  }
  const expected = prometheus.token?.reveal();
  if (!expected) return;
  if (!authorization) {
    throw new AppError(
      'api_key_missing',
      'The metrics ask for the token of prometheus.token. Send it as "Authorization: Bearer …".',
    );
  }
  if (!sameSecret(expected, BEARER.exec(authorization)?.[1] ?? '')) {
    throw new AppError(
      'api_key_invalid',
      'This is not the token of prometheus.token. Check what the scraper is configured with.',
    );
  }
}
