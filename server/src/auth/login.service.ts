import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type SignedIn, SignInService, UsersService } from '../users/index.js';
import { type VerifiedLogin } from './oidc/login-exchange.js';
import { LoginRefusal } from './oidc/login-refusal.js';
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
   */
  async loginVerified(
    login: VerifiedLogin,
    browser: Browser,
    audit: AuditContext,
  ): Promise<string> {
    let userId = '';
    const arrive = async (manager: EntityManager) => {
      const arrival = arrivalOf(await this.signIns.signIn(login.identity, manager), login);
      userId = arrival.userId;
      return arrival;
    };
    const token = await this.openings.open({ browser, audit, sessionId: login.id, arrive });
    this.signIns.announce(userId);
    return token;
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
