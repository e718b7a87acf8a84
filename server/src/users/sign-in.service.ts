import { Injectable } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import { type EntityManager, IsNull } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { rolesOf } from './roles.js';
import { User } from './user.entity.js';

/** Who an identity provider says someone is. */
export interface SignInIdentity {
  /** Identity is these two together; nothing else is. */
  issuer: string;
  subject: string;
  /** Normalised. */
  email: string;
  isEmailVerified: boolean;
  name: string;
  /** All there is to know, for the rules of groups. */
  claims: Record<string, unknown>;
}

export interface SignedIn {
  user: User;
  /** How the person was known before: not at all, by address only, or by having signed in. */
  as: 'new' | 'adopted' | 'known';
  /** Address and name as they were; null for somebody new. */
  before: { email: string; name: string } | null;
}

/** Somebody the provider vouches for and Lumen does not let in. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';

  constructor(
    readonly code: 'identity_conflict' | 'user_deactivated',
    message: string,
    /** Null for somebody who has no account. */
    readonly userId: string | null,
  ) {
    super(message);
  }
}

/** Finds out whose account a login at the identity provider opens. */
@Injectable()
export class SignInService {
  /** The id of everybody who logs in here, once that is committed. Listeners must not throw. */
  readonly signedIn$: Observable<string>;
  private readonly signedIn = new Subject<string>();

  constructor(
    private readonly clock: ClockService,
    private readonly configuration: ConfigurationService,
  ) {
    this.signedIn$ = this.signedIn.asObservable();
  }

  /** Says that this person's session has begun. */
  announce(userId: string): void {
    this.signedIn.next(userId);
  }

  /**
   * The person of an identity, brought up to date with what the provider says, and made if there is
   * none. A person who was never signed in (named in the configuration, made on the command line) is
   * adopted once by a verified address.
   * @throws SignInRefused when the address is another person's, or the person is deactivated; when it
   * is not verified and the configuration gives something to whoever has it
   */
  async signIn(identity: SignInIdentity, manager: EntityManager): Promise<SignedIn> {
    const { issuer, subject, email } = identity;
    const known = await manager.findOneBy(User, { issuer, subject });
    const holder = known?.email === email ? known : await manager.findOneBy(User, { email });
    if (holder && known && holder.id !== known.id) throw addressIsTaken(identity, holder);
    if (known?.email !== email) this.requireProof(identity, known?.id ?? holder?.id ?? null);
    const user = known ?? holder;
    if (!user) return this.create(identity, manager);
    if (!isOf(user, identity)) requireAdoptable(identity, user);
    if (!user.isActive) {
      throw new SignInRefused('user_deactivated', `${user.email} is deactivated.`, user.id);
    }
    const isAdopted = user.subject === null;
    const before = { email: user.email, name: user.name };
    const where = isAdopted ? { id: user.id, subject: IsNull() } : { id: user.id };
    const details = this.detailsOf(identity);
    const { affected } = await manager.update(User, where, details as object);
    // Somebody was adopted in between: by the same login elsewhere, or by another identity.
    if (affected === 0 && isAdopted) return this.signIn(identity, manager);
    return { user: Object.assign(user, details), as: isAdopted ? 'adopted' : 'known', before };
  }

  /** Roles, groups and budgets of the file go by the address alone. */
  private requireProof({ email, isEmailVerified }: SignInIdentity, userId: string | null): void {
    const { current } = this.configuration;
    const isNamed = current.users[email] !== undefined || rolesOf(email, [], current).size > 1;
    if (isEmailVerified || !isNamed) return;
    throw new SignInRefused(
      'identity_conflict',
      `config.yaml names ${email}, and an address that is not verified does not prove to be that person.`,
      userId,
    );
  }

  private async create(identity: SignInIdentity, manager: EntityManager): Promise<SignedIn> {
    const user = manager.create(User, {
      id: newId(),
      isActive: true,
      createdAt: this.clock.now(),
      grantedRoles: null,
    });
    Object.assign(user, this.detailsOf(identity));
    await manager.insert(User, user as object);
    return { user, as: 'new', before: null };
  }

  private detailsOf({ issuer, subject, email, name, claims }: SignInIdentity): Partial<User> {
    return { issuer, subject, email, name, claims, lastLoginAt: this.clock.now() };
  }
}

function isOf({ issuer, subject }: User, identity: SignInIdentity): boolean {
  return issuer === identity.issuer && subject === identity.subject;
}

function requireAdoptable(identity: SignInIdentity, user: User): void {
  if (user.subject !== null) throw addressIsTaken(identity, user);
  if (identity.isEmailVerified) return;
  throw new SignInRefused(
    'identity_conflict',
    `${user.email} exists already, and an address that is not verified does not prove to be that person.`,
    user.id,
  );
}

function addressIsTaken({ email }: SignInIdentity, holder: User): SignInRefused {
  return new SignInRefused(
    'identity_conflict',
    `${email} is the address of an account that belongs to another identity.`,
    holder.id,
  );
}
