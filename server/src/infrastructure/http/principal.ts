/** How a caller proved who it is. */
export type Credential = 'session' | 'api_key';

/**
 * Who makes a request. Frozen and shared by all requests of the same key or session, so that
 * nothing is allocated for it on the hot path.
 */
export interface Principal {
  readonly credential: Credential;
  /** Id of the API key or the session. */
  readonly credentialId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}
