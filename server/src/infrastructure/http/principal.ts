/** How a caller proved who it is; `monitoring` is the token of monitoring tools. */
export type Credential = 'session' | 'api_key' | 'monitoring';

/** What a person may do beside chatting. */
export type Role = 'user' | 'admin' | 'engineer' | 'superadmin' | 'auditor';

/** Whose access and budget count: a person, or a client (an application with keys of its own). */
export type OwnerKind = 'user' | 'client';

/** Whose access or budget is asked for; every principal is one. */
export interface Owner {
  readonly ownerKind: OwnerKind;
  readonly ownerId: string;
}

/**
 * Who makes a request. Frozen and shared by all requests of the same key or session, so that
 * nothing is allocated for it on the hot path.
 */
export interface Principal {
  readonly credential: Credential;
  /** Id of the API key or the session. */
  readonly credentialId: string;
  readonly ownerKind: OwnerKind;
  readonly ownerId: string;
  /** The person of a session or a personal key; null for the key of a client. */
  readonly userId: string | null;
  /** Empty for a client. */
  readonly email: string;
  readonly name: string;
  /** Roles a superadmin granted, beside those of the configuration; none for a client. */
  readonly grantedRoles: readonly string[];
  /** The only models this key may use; null: whatever its owner may. */
  readonly onlyModels: ReadonlySet<string> | null;
}

/** The parts of a principal that follow from its being a person. */
export function personPrincipal(
  user: { id: string; email: string; name: string; grantedRoles: readonly string[] | null },
  credential: { kind: Credential; id: string; onlyModels?: ReadonlySet<string> | null },
): Principal {
  return Object.freeze({
    credential: credential.kind,
    credentialId: credential.id,
    ownerKind: 'user',
    ownerId: user.id,
    userId: user.id,
    email: user.email,
    name: user.name,
    grantedRoles: user.grantedRoles ?? [],
    onlyModels: credential.onlyModels ?? null,
  });
}
