import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { type Admission } from './admission.js';
import { callerAddress } from './caller-address.js';
import { sendStanding, tooMany } from './rate-limit-answer.js';
import { type ConfiguredLimit, RateLimitsService } from './rate-limits.service.js';

interface LimitedRoute {
  readonly name: ConfiguredLimit;
  /** "Too many …". */
  readonly whose: string;
  readonly callerOf: (request: FastifyRequest) => string | null;
}

const keyOf = ({ principal }: FastifyRequest): string | null =>
  principal?.credential === 'api_key' ? principal.credentialId : null;
const personOf = ({ principal }: { principal: Principal | null }): string | null =>
  principal?.ownerId ?? null;

const V1: LimitedRoute = {
  name: 'requests',
  whose: 'requests with this API key',
  callerOf: keyOf,
};
const CHAT: LimitedRoute = { name: 'requests', whose: 'requests of yours', callerOf: personOf };
const CHAT_PAGES: LimitedRoute = {
  name: 'pages',
  whose: 'requests of your pages',
  callerOf: personOf,
};
/** What asks a model something, and is a POST. */
const CHAT_QUESTIONS: ReadonlySet<string> = new Set([
  '/chat/completions',
  '/chat/conversations',
  '/chat/conversations/:id/questions',
  '/chat/conversations/:id/messages/:messageId/answers',
  '/chat/conversations/:id/messages/:messageId/continuation',
]);
/** A login is one request to each of the two; either may be tried as often as the limit says. */
const LOGIN: LimitedRoute = {
  name: 'login',
  whose: 'sign-ins from your address',
  callerOf: callerAddress,
};
const CALLBACK: LimitedRoute = {
  name: 'login',
  whose: 'sign-ins from your address',
  callerOf: (request) => `callback ${callerAddress(request)}`,
};

type Handler = ReturnType<ExecutionContext['getHandler']>;
type Controller = ReturnType<ExecutionContext['getClass']>;

/**
 * Limits how often a caller may ask: keys on `/v1`, people on `/chat`, addresses at the login. What
 * pages of the chat ask beside questions to models counts apart, by a limit far above. It comes after the guard that finds out who calls. Which limit a route has follows from its address
 * and is worked out once for each; a caller is known by an id that is there anyway.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly routes = new Map<Controller, Map<Handler, LimitedRoute | null>>();

  constructor(
    private readonly limits: RateLimitsService,
    private readonly clock: ClockService,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.getArgByIndex<FastifyRequest>(0);
    const known = this.routes.get(context.getClass())?.get(context.getHandler());
    const route = known === undefined ? this.learn(context, request) : known;
    if (route === null) return true;
    const caller = route.callerOf(request);
    if (caller === null) return true;
    const reply = context.getArgByIndex<FastifyReply>(1);
    const admission = this.limits.take(route.name, caller);
    return admission instanceof Promise
      ? admission.then((found) => this.answer(route, found, reply))
      : this.answer(route, admission, reply);
  }

  private answer({ whose }: LimitedRoute, admission: Admission, reply: FastifyReply): boolean {
    sendStanding(reply, admission);
    if (admission.isAdmitted) return true;
    throw tooMany(whose, admission, this.clock.now());
  }

  private learn(context: ExecutionContext, request: FastifyRequest): LimitedRoute | null {
    const route = limitOf(request.routeOptions.url ?? '', request.method);
    const ofClass = this.routes.get(context.getClass()) ?? new Map<Handler, LimitedRoute | null>();
    this.routes.set(context.getClass(), ofClass);
    ofClass.set(context.getHandler(), route);
    return route;
  }
}

/** By the address as the route declares it, which no way of writing it in a request can change. */
function limitOf(path: string, method: string): LimitedRoute | null {
  if (path.startsWith('/v1/')) return V1;
  if (path.startsWith('/chat/')) {
    return method === 'POST' && CHAT_QUESTIONS.has(path) ? CHAT : CHAT_PAGES;
  }
  if (path === '/login') return LOGIN;
  return path === '/callback' ? CALLBACK : null;
}
