/** Why a login did not happen, in the words the sign-in page has texts for. */
export type LoginRefusalCode =
  | 'login_denied'
  | 'login_expired'
  | 'login_replayed'
  | 'login_failed'
  | 'login_provider_unreachable'
  | 'login_not_configured'
  | 'email_missing'
  | 'email_unverified'
  | 'identity_conflict'
  | 'return_address_refused'
  | 'second_factor_missing'
  | 'user_deactivated';

/** What a refusal is in HTTP; a provider that is away is nobody's fault here. */
export const REFUSAL_STATUS: Readonly<Record<LoginRefusalCode, number>> = {
  login_denied: 403,
  login_expired: 400,
  login_replayed: 400,
  login_failed: 401,
  login_provider_unreachable: 503,
  login_not_configured: 503,
  email_missing: 403,
  email_unverified: 403,
  identity_conflict: 403,
  return_address_refused: 400,
  second_factor_missing: 403,
  user_deactivated: 403,
};

/** Who the provider says it is, as far as that is known when a login is refused. */
export interface RefusedIdentity {
  issuer: string;
  subject: string;
  email?: string;
}

export interface LoginRefusalOptions {
  cause?: unknown;
  identity?: RefusedIdentity;
  /** The account of Lumen it would have been. */
  userId?: string;
}

/**
 * A login that is refused. The page shows a text for `code`; `message` says what exactly was wrong
 * and goes to the audit log and the server's log only.
 */
export class LoginRefusal extends Error {
  override readonly name = 'LoginRefusal';
  readonly identity: RefusedIdentity | undefined;
  readonly userId: string | undefined;

  constructor(
    readonly code: LoginRefusalCode,
    message: string,
    options: LoginRefusalOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.identity = options.identity;
    this.userId = options.userId;
  }
}
