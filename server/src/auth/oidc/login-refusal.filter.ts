import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { auditContextOf } from '../../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../../infrastructure/audit/audit-trail.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { SignInRefused } from '../../users/index.js';
import { LoginRefusal, type RefusedIdentity, REFUSAL_STATUS } from './login-refusal.js';

const LONGEST_CLAIM = 512;

const pageOf = (message: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Too many sign-ins</title>
<p>${message} <a href="/sign-in">Back to the sign-in page</a>.</p>`;

/** For whoever sees the page that leads back before the browser has gone there. */
const wayBack = (page: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign-in refused</title>
<p>The sign-in was refused. <a href="${page}">See why, and try again</a>.</p>`;

/**
 * Whatever goes wrong in a login is refused with a status of its own and a page that leads back to the
 * sign-in page, which says so and offers to try again; what exactly it was is in the audit log.
 */
@Catch()
export class LoginRefusalFilter implements ExceptionFilter {
  private readonly logger = new Logger(LoginRefusalFilter.name);

  constructor(private readonly auditTrail: AuditTrailService) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (thrown instanceof AppError && thrown.code === 'rate_limit_exceeded') {
      refuseForNow(thrown, http.getRequest<FastifyRequest>(), reply);
      return;
    }
    const refusal = this.refusalOf(thrown);
    await this.record(refusal, http.getRequest<FastifyRequest>());
    if (reply.sent) return;
    const page = `/sign-in?error=${refusal.code}`;
    void reply
      .status(REFUSAL_STATUS[refusal.code])
      .header('cache-control', 'no-store')
      .header('content-type', 'text/html; charset=utf-8')
      .header('refresh', `0;url=${page}`)
      .send(wayBack(page));
  }

  private refusalOf(thrown: unknown): LoginRefusal {
    if (thrown instanceof LoginRefusal) return thrown;
    if (thrown instanceof SignInRefused) {
      const { code, message, userId } = thrown;
      return new LoginRefusal(code, message, userId === null ? {} : { userId });
    }
    this.logger.error(thrown);
    return new LoginRefusal('login_failed', `Something went wrong inside Lumen: ${String(thrown)}`);
  }

  /** A database that is away must not keep people from the page that says that the login failed. */
  private async record(refusal: LoginRefusal, request: FastifyRequest): Promise<void> {
    const { code, userId } = refusal;
    const message = printable(refusal.message);
    const identity = refusal.identity ?? request.verifiedLogin?.identity;
    this.logger.warn(`A login was refused (${code}): ${message}`);
    try {
      await this.auditTrail.record(auditContextOf(request), {
        action: 'user.login',
        outcome: 'refused',
        reason: `${code}: ${message}`,
        ...(userId ? { object: { kind: 'user', id: userId, name: identity?.email ?? '' } } : {}),
        ...(identity ? { after: claimed(identity) } : {}),
      });
    } catch (error) {
      this.logger.error(`A refused login is missing in the audit log: ${String(error)}`);
    }
  }
}

/** Without a line in the audit log: whoever tries too often would fill it. */
function refuseForNow(error: AppError, request: FastifyRequest, reply: FastifyReply): void {
  request.failure = error;
  void reply
    .status(error.status)
    .header('retry-after', String(error.retryAfterS))
    .header('cache-control', 'no-store')
    .header('content-type', 'text/html; charset=utf-8')
    .send(pageOf(error.message));
}

/** Providers and callers choose parts of these words; PostgreSQL, for one, does not take all there is. */
function printable(text: string): string {
  return text.toWellFormed().replace(/\p{Cc}+/gu, ' ');
}

/** What a token says that was not looked at any further, in a length fit for the log. */
function claimed({ issuer, subject, email }: RefusedIdentity): Record<string, string> {
  const texts = { issuer, subject, ...(email === undefined ? {} : { email }) };
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, text.slice(0, LONGEST_CLAIM)]),
  );
}
