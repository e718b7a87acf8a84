import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { rolesOf, type SignedIn, SignInService, type User, UsersService } from '../users/index.js';
import { type VerifiedLogin } from './oidc/login-exchange.js';
import { LoginRefusal } from './oidc/login-refusal.js';
import { hasSecondFactor } from './oidc/second-factor.js';
import { type Arrival, type Browser, SessionOpeningsService } from './session-openings.service.js';

/** How people log in here: as the development user, at their institution, or not at all. */
export type LoginKind = 'dev' | 'oidc' | 'none';

@Injectable()
export class LoginService {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly users: UsersService,
    private readonly signIns: SignInService,
    private readonly openings: SessionOpeningsService,
  ) {}

  get kind(): LoginKind {
    const { app, oauth2 } = this.configuration.current;
    if (app.debug && app.devUser) return 'dev';
    return oauth2.clientId === '' ? 'none' : 'oidc';
  }

  /**
   * Logs the development user in and answers the new session's token.
   * @throws LoginRefusal when there is no such user, `debug` is off, or the account is deactivated
   */
  async loginDevelopmentUser(browser: Browser, audit: AuditContext): Promise<string> {
    const { app } = this.configuration.current;
    if (!app.debug || !app.devUser) {
      throw new LoginRefusal(
        'login_not_configured',
        'No login is configured. Set app.dev_user (with app.debug) or oauth2 in config.yaml.',
      );
    }
    const { id: userId, email, isActive } = await this.users.ensure(app.devUser.email);
    if (!isActive)
      throw new LoginRefusal('user_deactivated', `${email} is deactivated.`, { userId });
    await this.users.recordLogin(userId);
    const arrival = { userId, email, after: { login: 'dev_user' } };
    const arrive = () => Promise.resolve(arrival);
    const token = await this.openings.open({ browser, audit, arrive });
    this.signIns.announce(userId);
    return token;
  }

  /**
   * Logs in whom the identity provider vouches for and answers the new session's token.
   * @throws SignInRefused when the address is another person's, or the person is deactivated
   * @throws LoginRefusal second_factor_missing
   */
  async loginVerified(
    login: VerifiedLogin,
    browser: Browser,
    audit: AuditContext,
  ): Promise<string> {
    let userId = '';
    const arrive = async (manager: EntityManager) => {
      const signedIn = await this.signIns.signIn(login.identity, manager);
      this.assertSecondFactor(signedIn.user, login.identity.claims);
      const arrival = arrivalOf(signedIn, login);
      userId = arrival.userId;
      return arrival;
    };
    const token = await this.openings.open({ browser, audit, sessionId: login.id, arrive });
    this.signIns.announce(userId);
    return token;
  }

  /** Whoever may do more than use models signs in with more than a password, where that is asked for. */
  private assertSecondFactor(user: User, claims: Readonly<Record<string, unknown>>): void {
    const { current } = this.configuration;
    const { secondFactor } = current.oauth2;
    if (secondFactor.length === 0 || hasSecondFactor(claims, secondFactor)) return;
    if (rolesOf(user.email, user.grantedRoles ?? [], current).size <= 1) return;
    throw new LoginRefusal(
      'second_factor_missing',
      `${user.email} has a role, and the provider says nothing of a second factor (oauth2.second_factor).`,
      { userId: user.id },
    );
  }
}

function arrivalOf({ user, as, before }: SignedIn, { identity }: VerifiedLogin): Arrival {
  const { id: userId, email, name } = user;
  const hasChanged = before !== null && (before.email !== email || before.name !== name);
  const after: Record<string, unknown> = {
    login: 'oidc',
    account: as,
    issuer: identity.issuer,
    subject: identity.subject,
    ...(hasChanged ? { email, name } : {}),
  };
  return { userId, email, after, ...(hasChanged ? { before } : {}) };
}
