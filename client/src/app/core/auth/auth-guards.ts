import { inject } from '@angular/core';
import { type CanActivateFn, RedirectCommand, Router } from '@angular/router';

import { Session, safePath } from './session';

/** Lets signed-in people in; others go to the sign-in page and come back from there. */
export const signedInGuard: CanActivateFn = (_route, state) => {
  if (inject(Session).me() !== null) return true;
  const returnTo = state.url === '/' || state.url === '/chat' ? {} : { returnTo: state.url };
  return inject(Router).createUrlTree(['/sign-in'], { queryParams: returnTo });
};

/** Who is signed in has no business on the sign-in page. */
export const signedOutGuard: CanActivateFn = (route) => {
  if (inject(Session).me() === null) return true;
  const target = safePath(route.queryParamMap.get('returnTo'));
  return new RedirectCommand(inject(Router).parseUrl(target), { replaceUrl: true });
};
