import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type Credential, type Principal, type Role } from './principal.js';

export const ROUTE_ACCESS = 'lumen:route-access';

/** What a route accepts: anyone, or callers with one of these credentials. */
export type RouteAccess = 'public' | readonly Credential[];

/** Anyone may call this route; no credential is looked at. */
export const Public = (): CustomDecorator => SetMetadata(ROUTE_ACCESS, 'public');

/**
 * The credentials a route accepts. A route that says nothing is refused to everybody: whoever adds
 * one has to decide.
 */
export const Accepts = (...credentials: Credential[]): CustomDecorator =>
  SetMetadata(ROUTE_ACCESS, credentials);

export const ROUTE_ROLES = 'lumen:route-roles';

/**
 * The caller must have one of these roles, checked against the configuration in force at each
 * request. A superadmin has them all.
 */
export const Roles = (...roles: Role[]): CustomDecorator => SetMetadata(ROUTE_ROLES, roles);

/** The caller of a route that is not public. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal =>
    principalOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The caller the guard found; reading it on a public route is a mistake of ours. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Error('This route has no authenticated caller.');
  return request.principal;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
    /** The bytes of a JSON body exactly as the caller sent them. */
    rawBody: Buffer | null;
  }
}
