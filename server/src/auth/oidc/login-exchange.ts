import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type SignInIdentity } from '../../users/index.js';
import { readAttemptCookie, writeAttemptCookie } from './attempt-cookie.js';

/** One request of a login, without the web framework: what is asked, and the browser's cookie. */
export interface LoginExchange {
  step: 'start' | 'callback';
  query: Readonly<Record<string, unknown>>;
  /** The page to go to after login; of the first step only. */
  returnTo: string;
  cookie: string | undefined;
  /** Sets the cookie; an empty value removes it. */
  setCookie: (value: string) => void;
}

/** A login that the provider vouches for. */
export interface VerifiedLogin {
  /** Of the attempt; it becomes that of the session. */
  id: string;
  identity: SignInIdentity;
  returnTo: string;
}

export function loginExchange(
  request: FastifyRequest,
  reply: FastifyReply,
  options: Pick<LoginExchange, 'step' | 'returnTo'> & { isSecure: boolean },
): LoginExchange {
  const { step, returnTo, isSecure } = options;
  return {
    step,
    returnTo,
    query: request.query as Record<string, unknown>,
    cookie: readAttemptCookie(request.headers.cookie, isSecure),
    setCookie: (value) => {
      void reply.header('set-cookie', writeAttemptCookie(value, isSecure));
    },
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What the provider answered, on the route it sends people back to. */
    verifiedLogin?: VerifiedLogin;
  }
}
