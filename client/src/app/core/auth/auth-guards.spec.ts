import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, type Routes, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aMe } from '../../../testing/fixtures';
import { type Me } from '../api/schema';
import { loadedGuard, signedInGuard, signedOutGuard } from './auth-guards';
import { needsRole } from './roles';
import { Session } from './session';

@Component({ template: '' })
class Page {}

/** Somebody, or nobody, at a server that cannot be asked `failures` times. */
function arrange(user: Me | null, failures = 0): Session {
  let left = failures;
  new FakeServer().on('GET /api/bootstrap', () =>
    left-- > 0
      ? refusal(503, 'overloaded')
      : json({ app: { name: 'L', tagline: '' }, login: { kind: 'oidc' }, user }),
  );
  const inside = { component: Page, canActivate: [signedInGuard] };
  const pages: Routes = [
    { path: 'sign-in', component: Page, canActivate: [signedOutGuard] },
    { path: 'chat', ...inside },
    { path: 'keys', ...inside },
    { path: 'audit', ...inside, canMatch: [needsRole(['auditor'])] },
  ];
  TestBed.configureTestingModule({
    providers: [provideRouter([{ path: '', canMatch: [loadedGuard], children: pages }])],
  });
  return TestBed.inject(Session);
}

async function go(user: Me | null, url: string): Promise<string> {
  await arrange(user).load();
  await RouterTestingHarness.create(url);
  return TestBed.inject(Router).url;
}

describe('the guards', () => {
  it.each([
    ['/chat', '/sign-in'],
    ['/keys?a=1', '/sign-in?returnTo=%2Fkeys%3Fa%3D1'],
    ['/sign-in', '/sign-in'],
  ])('send a stranger from %s to %s', async (from, to) => {
    expect(await go(null, from)).toBe(to);
  });

  it.each([
    ['/chat', '/chat'],
    ['/sign-in', '/chat'],
    ['/sign-in?returnTo=%2Fkeys', '/keys'],
    ['/sign-in?returnTo=%2F%2Fevil.example', '/chat'],
  ])('let someone signed in from %s to %s', async (from, to) => {
    expect(await go(aMe(), from)).toBe(to);
  });

  it.each([
    ['somebody', aMe({ roles: ['auditor'] }), '/audit', '/audit'],
    ['a stranger', null, '/keys', '/sign-in?returnTo=%2Fkeys'],
  ])('wait until it is known that there is %s, and who', async (_who, user, from, to) => {
    const session = arrange(user, 1);
    const router = TestBed.inject(Router);
    const navigation = RouterTestingHarness.create(from);
    await session.load();
    expect(session.failure()?.code).toBe('overloaded');
    expect(router.currentNavigation()?.extractedUrl.toString()).toBe(from);
    await session.load();
    await navigation;
    expect(router.url).toBe(to);
  });
});
