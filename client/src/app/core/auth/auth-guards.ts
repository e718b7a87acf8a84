import { inject } from '@angular/core';
import { type CanActivateFn, type CanMatchFn, RedirectCommand, Router } from '@angular/router';

import { Session, safePath } from './session';

/**
 * Has a navigation wait until it is known who is there: the other guards ask. The first one comes with
 * the page, and whoever goes back or forward meanwhile begins another.
 */
export const loadedGuard: CanMatchFn = () => {
  const session = inject(Session);
  return session.isLoaded() || session.loaded.then(() => true);
};

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
