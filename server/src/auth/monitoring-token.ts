import { type Configuration } from '../config/index.js';
import { sameSecret } from '../infrastructure/crypto/tokens.js';
import { type Principal } from '../infrastructure/http/principal.js';

/** Who shows the monitoring token: nobody's person or client, without a model to use. */
export const MONITORING: Principal = Object.freeze({
  credential: 'monitoring',
  credentialId: 'monitoring',
  ownerKind: 'client',
  ownerId: 'monitoring',
  userId: null,
  email: '',
  name: 'monitoring',
  grantedRoles: [],
  onlyModels: new Set<string>(),
});

/** Whether `token` is `monitoring.token` of the configuration; never, where there is none. */
export function isMonitoringToken(
  token: string | undefined,
  { monitoring }: Pick<Configuration, 'monitoring'>,
): boolean {
  const expected = monitoring.token?.reveal();
  return Boolean(expected && token) && sameSecret(expected!, token!);
}
