import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type ActorKind } from './audit-entry.entity.js';

/** Who acts, and from where; every service method that changes something takes one. */
export interface AuditContext {
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly ip: string | null;
  readonly requestId: string | null;
}

/** What Lumen does by itself, such as following a changed configuration. */
export const SYSTEM_CONTEXT: AuditContext = Object.freeze({
  actorKind: 'system',
  actorId: null,
  actorName: 'Lumen',
  ip: null,
  requestId: null,
});

/** What an operator does with `./lumen`. */
export const CLI_CONTEXT: AuditContext = Object.freeze({
  actorKind: 'cli',
  actorId: null,
  actorName: 'command line',
  ip: null,
  requestId: null,
});

/** The caller of a request, known or not. */
export function auditContextOf(request: FastifyRequest): AuditContext {
  const { principal } = request;
  return {
    actorKind: principal?.ownerKind ?? 'anonymous',
    actorId: principal?.ownerId ?? null,
    actorName: principal ? principal.email || principal.name : 'nobody',
    ip: request.ip,
    requestId: request.id,
  };
}

/** Hands the caller's audit context to a controller handler. */
export const Audit = createParamDecorator(
  (_data: unknown, context: ExecutionContext): AuditContext =>
    auditContextOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
