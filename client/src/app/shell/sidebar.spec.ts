import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { FakeServer, json } from '../../testing/fake-server';
import { aMe } from '../../testing/fixtures';
import { useLanguage } from '../../testing/language';
import { Session } from '../core/auth/session';
import { Sidebar } from './sidebar';

async function open(name: string): Promise<HTMLElement> {
  new FakeServer().on('GET /api/bootstrap', () =>
    json({ app: { name, tagline: '' }, login: { kind: 'oidc' }, user: aMe({ name }) }),
  );
  TestBed.configureTestingModule({ providers: [provideRouter([])] });
  await useLanguage();
  await TestBed.inject(Session).load();
  const fixture = TestBed.createComponent(Sidebar);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('Sidebar', () => {
  it('opens the search by its button, and prints its keys', async () => {
    const page = await open('Campus AI');
    const search = [...page.querySelectorAll('button')].find((one) =>
      one.textContent.includes('Search'),
    );
    expect(search?.getAttribute('aria-haspopup')).toBe('dialog');
    expect(search?.textContent).toContain('Ctrl K');
  });

  it('shows where one is and who one is', async () => {
    const page = await open('Campus AI');
    expect(page.querySelector('nav')?.getAttribute('aria-label')).toBe('Main');
    expect(page.querySelector('app-account-button')?.textContent).toContain('ada@example.edu');
    expect([...page.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      '/models',
      '/connect',
      '/usage',
      '/keys',
      '/archive',
    ]);
  });

  it('shows a hostile display name as the text it is', async () => {
    const page = await open('<img src=x onerror=alert(1)>');
    expect(page.querySelector('img')).toBeNull();
    expect(page.textContent).toContain('<img src=x onerror=alert(1)>');
  });
});
