import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { AppError } from '../infrastructure/errors/app-error.js';
import { TermsService } from './terms.service.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Who does not agree can still read, leave, and take or delete what is theirs. */
const OPEN = /^\/(api\/terms|api\/sessions|api\/me|logout)(\/|$|\?)/;

/**
 * Keeps people from doing anything in the portal before they agreed to the terms in force. Their
 * keys go on working: programs cannot read terms, and stopping them at midnight would help nobody.
 */
@Injectable()
export class TermsGuard implements CanActivate {
  constructor(private readonly terms: TermsService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { principal, method, url } = request;
    if (principal?.credential !== 'session' || SAFE_METHODS.has(method) || OPEN.test(url)) {
      return true;
    }
    if (!(await this.terms.isOwing(principal.ownerId))) return true;
    throw new AppError(
      'terms_not_accepted',
      'The terms of use have to be agreed to first. Reload the portal to read them.',
    );
  }
}
