import { inject } from '@angular/core';
import { type CanMatchFn } from '@angular/router';

import { type Me } from '../api/schema';
import { Session } from './session';

export type Role = Me['roles'][number];

/** Whether a person has one of these roles; a superadmin has them all. */
export function hasRole(me: Me | null, roles: readonly Role[]): boolean {
  const own = me?.roles ?? [];
  return own.includes('superadmin') || roles.some((role) => own.includes(role));
}

/** Lets those in who have one of these roles. What a page may ask of the server, the server decides. */
export function needsRole(roles: readonly Role[]): CanMatchFn {
  return () => hasRole(inject(Session).me(), roles);
}
