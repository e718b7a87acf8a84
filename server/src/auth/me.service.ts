import { Injectable } from '@nestjs/common';
import { ClientsService } from '../clients/index.js';
import { BrandingService } from '../branding/index.js';
import { ConfigurationService } from '../config/configuration.service.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { rolesOf } from '../users/index.js';
import { initialsOf } from './initials.js';
import { LoginService } from './login.service.js';
import { type BootstrapDto, type MeDto } from './me.dto.js';
import { readSessionCookie } from './session-cookie.js';
import { SessionsService } from './sessions.service.js';

/** What the client needs to know about itself and whoever looks at it. */
@Injectable()
export class MeService {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly login: LoginService,
    private readonly sessions: SessionsService,
    private readonly clients: ClientsService,
    private readonly branding: BrandingService,
  ) {}

  async describe(principal: Principal): Promise<MeDto> {
    const isPerson = principal.ownerKind === 'user';
    const isSession = principal.credential === 'session';
    return {
      id: principal.ownerId,
      kind: principal.ownerKind,
      email: principal.email,
      name: principal.name,
      initials: initialsOf(principal.name),
      roles: this.rolesOf(principal),
      csrfToken: isSession ? this.sessions.csrfToken(principal.credentialId) : '',
      managesClients: isPerson && (await this.clients.managesAny(principal.ownerId)),
    };
  }

  /** Roles are for people: a client has none. */
  private rolesOf({ ownerKind, email, grantedRoles }: Principal): string[] {
    return ownerKind === 'user'
      ? [...rolesOf(email, grantedRoles, this.configuration.current)]
      : [];
  }

  /** For the sign-in page as well as for people who are signed in; never an error. */
  async bootstrap(cookieHeader: string | undefined): Promise<BootstrapDto> {
    const { app } = this.configuration.current;
    const token = readSessionCookie(cookieHeader, !app.debug);
    const principal = token === undefined ? null : await this.sessions.find(token);
    return {
      app: { name: app.name, tagline: app.tagline },
      branding: await this.branding.of(principal?.email ?? null),
      login: { kind: this.login.kind },
      user: principal && (await this.describe(principal)),
    };
  }
}
