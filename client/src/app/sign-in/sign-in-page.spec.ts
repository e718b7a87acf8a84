import { TestBed } from '@angular/core/testing';

import { FakeServer, json } from '../../testing/fake-server';
import { useLanguage } from '../../testing/language';
import { Session } from '../core/auth/session';
import { SignInPage } from './sign-in-page';

async function open(kind: string, inputs: Record<string, string> = {}): Promise<HTMLElement> {
  new FakeServer().on('GET /api/bootstrap', () =>
    json({ app: { name: 'Campus AI', tagline: 'For all' }, login: { kind }, user: null }),
  );
  await useLanguage();
  await TestBed.inject(Session).load();
  const fixture = TestBed.createComponent(SignInPage);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('SignInPage', () => {
  it('names the portal and leads to the server’s login and back', async () => {
    const page = await open('oidc', { returnTo: '/keys' });
    expect(page.querySelector('h1')?.textContent).toBe('Campus AI');
    expect(page.querySelector('.tagline')?.textContent).toBe('For all');
    expect(page.querySelector('a')?.getAttribute('href')).toBe('/login?returnTo=%2Fkeys');
  });

  it('does not lead elsewhere afterwards', async () => {
    const page = await open('oidc', { returnTo: '//evil.example' });
    expect(page.querySelector('a')?.getAttribute('href')).toBe('/login?returnTo=%2Fchat');
  });

  it('explains what to do when there is no way to sign in', async () => {
    const page = await open('none');
    expect(page.querySelector('a')).toBeNull();
    expect(page.textContent).toContain('config.yaml');
  });

  it.each([
    ['login_denied', 'The sign-in was cancelled', false],
    ['weird_code', 'The sign-in did not work', true],
    ['constructor', 'The sign-in did not work', true],
    ['<img src=x onerror=alert(1)>', 'The sign-in did not work', false],
    ['Call 555-1234 to unlock your account', 'The sign-in did not work', false],
  ])('explains the error %j in its own words', async (error, text, showsCode) => {
    const page = await open('oidc', { error });
    const alert = page.querySelector('[role=alert]')!;
    expect(alert.textContent).toContain(text);
    expect(alert.textContent.includes(error)).toBe(showsCode);
    expect(alert.querySelector('img')).toBeNull();
  });
});
