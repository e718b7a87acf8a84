import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { FakeServer, json } from '../../../testing/fake-server';
import { aMe } from '../../../testing/fixtures';
import { type Me } from '../api/schema';
import { signedInGuard, signedOutGuard } from './auth-guards';
import { Session } from './session';

@Component({ template: '' })
class Page {}

async function go(user: Me | null, url: string): Promise<string> {
  new FakeServer().on('GET /api/bootstrap', () =>
    json({ app: { name: 'L', tagline: '' }, login: { kind: 'oidc' }, user }),
  );
  const inside = { component: Page, canActivate: [signedInGuard] };
  TestBed.configureTestingModule({
    providers: [
      provideRouter([
        { path: 'sign-in', component: Page, canActivate: [signedOutGuard] },
        { path: 'chat', ...inside },
        { path: 'keys', ...inside },
      ]),
    ],
  });
  await TestBed.inject(Session).load();
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
});
