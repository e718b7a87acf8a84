import { Injectable, Logger } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { auditContextOf } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { principalOf } from '../infrastructure/http/route-access.js';

/** A broken page tries again and again; the audit log hears of a session once in this time. */
const TOLD_EVERY_MS = 60_000;
const REMEMBERED = 10_000;

/** Tells the audit log of requests that look like an attack on somebody's session. */
@Injectable()
export class RefusedRequestsService {
  private readonly told = new LRUCache<string, true>({ max: REMEMBERED, ttl: TOLD_EVERY_MS });
  private readonly logger = new Logger(RefusedRequestsService.name);

  constructor(private readonly audit: AuditTrailService) {}

  /** The request is refused whether or not the audit log can be written. */
  async csrfMissing(request: FastifyRequest): Promise<void> {
    const { credentialId } = principalOf(request);
    if (this.told.has(credentialId)) return;
    this.told.set(credentialId, true);
    try {
      await this.audit.record(auditContextOf(request), {
        action: 'session.use',
        outcome: 'refused',
        object: { kind: 'session', id: credentialId, name: request.method },
        reason: `No CSRF token of this session came with ${request.method} ${pathOf(request)}.`,
      });
    } catch (error) {
      this.logger.warn(`A refused request is missing from the audit log: ${String(error)}`);
    }
  }
}

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';
