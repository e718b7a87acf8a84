import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { UsersService } from '../users/index.js';
import { type SessionOrigin, SessionsService } from './sessions.service.js';

/** How people log in here: as the development user, at their institution, or not at all. */
export type LoginKind = 'dev' | 'oidc' | 'none';

@Injectable()
export class LoginService {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
  ) {}

  get kind(): LoginKind {
    const { app } = this.configuration.current;
    return app.debug && app.devUser ? 'dev' : 'none';
  }

  /**
   * Logs the development user in and answers the new session's token.
   * @throws AppError login_not_configured when there is no such user or `debug` is off
   */
  async loginDevelopmentUser(origin: SessionOrigin): Promise<string> {
    const { app } = this.configuration.current;
    if (!app.debug || !app.devUser) {
      throw new AppError(
        'login_not_configured',
        'No login is configured. An administrator sets app.dev_user (with app.debug) or oauth2 in config.yaml.',
      );
    }
    const user = await this.users.ensure(app.devUser.email);
    if (!user.isActive) {
      throw new AppError(
        'user_deactivated',
        `The account ${user.email} is deactivated. Ask an administrator to activate it.`,
      );
    }
    return this.sessions.start(user.id, origin);
  }
}
