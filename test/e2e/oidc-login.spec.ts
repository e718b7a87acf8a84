import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { leadsTo } from '../support/cookie-browser.js';
import { ADA, CLIENT_ID, CLIENT_SECRET, IdentityProvider } from '../support/identity-provider.js';
import { auditLogOf, peopleOf } from '../support/lumen/audit-log.js';
import { InstitutionalBrowser } from '../support/lumen/institutional-browser.js';
import {
  type InstitutionalLogin,
  planInstitutionalLogin,
  startWithLogin,
} from '../support/lumen/institutional-login.js';
import { DIALECTS, type LumenServer } from '../support/lumen/lumen-server.js';

const IDPHINT = 'urn:mace:incommon:example.edu';

function oauth2For(idp: IdentityProvider, further: object = {}): Record<string, unknown> {
  return {
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    server_metadata_url: idp.metadataUrl,
    ...further,
  };
}

describe.each(DIALECTS)('login at an institution on %s', (dialect) => {
  let place: InstitutionalLogin;
  let idp: IdentityProvider;
  let server: LumenServer;

  beforeAll(async () => {
    place = await planInstitutionalLogin();
    idp = await IdentityProvider.start(place.redirectUri);
    const params = { idphint: IDPHINT, state: 'chosen', client_id: 'other', prompt: 'login' };
    server = await startWithLogin(place, oauth2For(idp, { params }), { dialect });
  });

  afterAll(async () => {
    await server.stop();
    await idp[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    idp.person = ADA;
    idp.denies = false;
  });

  it('is what the client offers', async () => {
    const answer = await fetch(`${server.url}/api/bootstrap`);
    expect(await answer.json()).toMatchObject({ login: { kind: 'oidc' }, user: null });
  });

  it('asks the provider with PKCE, state and nonce, and with what is configured', async () => {
    const browser = new InstitutionalBrowser(server);
    await browser.logIn();
    const asked = Object.fromEntries(idp.lastRequest.searchParams);
    expect(asked).toEqual({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: place.redirectUri,
      scope: 'openid email profile org.cilogon.userinfo',
      state: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      code_challenge_method: 'S256',
      idphint: IDPHINT,
      prompt: 'login',
    });
  });

  it('ends on the page one came from, signed in', async () => {
    const browser = new InstitutionalBrowser(server);
    expect(await browser.logIn('/keys?new=1#top')).toBe('/keys?new=1');
    expect(await browser.me()).toMatchObject({ email: 'ada@example.edu', name: 'Ada Lovelace' });
    expect(browser.cookie(server.url, 'lumen_login')).toBeUndefined();
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/..//evil.example'])(
    'is refused to whoever wants to return to %s',
    async (address) => {
      const browser = new InstitutionalBrowser(server);
      expect(await browser.logIn(address)).toBe('/sign-in?error=return_address_refused');
      expect(browser.lastStatus).toBe(400);
    },
  );

  it('keeps the claims, and at the next login those of the next', async () => {
    const browser = new InstitutionalBrowser(server);
    await browser.logIn();
    const [first] = await peopleOf(server);
    expect(first).toMatchObject({
      email: 'ada@example.edu',
      name: 'Ada Lovelace',
      issuer: idp.issuer,
      subject: ADA.sub,
      claims: { ...ADA.claims, iss: idp.issuer, sub: ADA.sub },
    });
    const claims = { email: 'Ada.King@Example.EDU', name: 'Ada King', affiliation: 'alum' };
    idp.person = { sub: ADA.sub, claims };
    await new InstitutionalBrowser(server).logIn();
    const people = await peopleOf(server);
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({
      id: first!.id,
      email: 'ada.king@example.edu',
      name: 'Ada King',
      claims: { affiliation: 'alum' },
    });
    expect(people[0]!.claims).not.toHaveProperty('member_of');
    expect((await auditLogOf(server)).at(-1)).toMatchObject({
      action: 'user.login',
      outcome: 'done',
      actorId: first!.id,
      before: { email: 'ada@example.edu', name: 'Ada Lovelace' },
      after: { account: 'known', email: 'ada.king@example.edu', name: 'Ada King' },
    });
  });

  it('gives each login a session of its own, and ends the one the browser had', async () => {
    const browser = new InstitutionalBrowser(server);
    await browser.logIn();
    const before = browser.sessionCookie!;
    await browser.logIn();
    expect(browser.sessionCookie).not.toBe(before);
    const answer = await fetch(`${server.url}/api/me`, {
      headers: { cookie: `lumen_session=${before}` },
    });
    expect(answer.status).toBe(401);
  });

  it('logs out by a POST with the token of its page, and says so in the audit log', async () => {
    const browser = new InstitutionalBrowser(server);
    await browser.logIn();
    const withoutToken = await browser.request(`${server.url}/logout`, { method: 'POST' });
    expect(withoutToken.status).toBe(403);
    expect(await browser.me()).not.toBeNull();
    const token = browser.sessionCookie!;
    expect((await browser.send('POST', '/logout')).status).toBe(204);
    browser.setCookie(server.url, 'lumen_session', token);
    expect(await browser.me()).toBeNull();
    const entry = (await auditLogOf(server)).at(-1)!;
    expect(entry).toMatchObject({ action: 'user.logout', outcome: 'done', actorKind: 'user' });
  });

  it('lists one’s sessions, ends one, and all others', async () => {
    idp.person = { sub: 'grace', claims: { email: 'grace@example.edu', name: 'Grace' } };
    const browsers = [1, 2, 3].map(() => new InstitutionalBrowser(server));
    for (const browser of browsers) await browser.logIn();
    const [first, second, third] = browsers as [
      InstitutionalBrowser,
      InstitutionalBrowser,
      InstitutionalBrowser,
    ];
    const list = async (browser: InstitutionalBrowser) => {
      const answer = await browser.send('GET', '/api/sessions');
      return ((await answer.json()) as { sessions: { id: string; isCurrent: boolean }[] }).sessions;
    };
    const sessions = await list(first);
    expect(sessions).toHaveLength(3);
    const own = sessions.find(({ isCurrent }) => isCurrent)!;
    expect(own).toMatchObject({ device: 'node', ip: '127.0.0.1' });
    const seconds = (await list(second)).find(({ isCurrent }) => isCurrent)!;
    expect((await first.send('DELETE', `/api/sessions/${seconds.id}`)).status).toBe(204);
    expect((await first.send('DELETE', `/api/sessions/${seconds.id}`)).status).toBe(404);
    expect(await second.me()).toBeNull();
    const stranger = new InstitutionalBrowser(server);
    idp.person = { sub: 'eve', claims: { email: 'eve@example.edu' } };
    await stranger.logIn();
    expect((await stranger.send('DELETE', `/api/sessions/${own.id}`)).status).toBe(404);
    const answer = await first.send('DELETE', '/api/sessions');
    expect(await answer.json()).toEqual({ ended: 1 });
    expect(await third.me()).toBeNull();
    expect(await first.me()).not.toBeNull();
    expect(await stranger.me()).not.toBeNull();
    expect((await auditLogOf(server)).at(-1)).toMatchObject({ action: 'session.end' });
  });

  it('takes hostile claims for text', async () => {
    const groups = Array.from({ length: 4_000 }, (_, n) => `cn=group-${n},ou=groups,o=x`);
    const name = '<img src=x onerror=alert(1)>\u0000\u202e';
    idp.person = {
      sub: 'hostile',
      claims: { email: 'hostile@example.edu', name, member_of: groups, ou: { a: [null, 7] } },
    };
    const browser = new InstitutionalBrowser(server);
    expect(await browser.logIn()).toBe('/chat');
    expect(await browser.me()).toMatchObject({ name: '<img src=x onerror=alert(1)>' });
    const user = (await peopleOf(server)).find(({ subject }) => subject === 'hostile')!;
    expect(user.claims).toMatchObject({ member_of: groups, ou: { a: [null, 7] } });
    const huge = 'x'.repeat(400_000);
    idp.person = { sub: 'hostile', claims: { ...idp.person.claims, groups: huge } };
    expect(await browser.logIn()).toBe('/chat');
    const after = (await peopleOf(server)).find(({ subject }) => subject === 'hostile')!;
    expect(after.claims).not.toHaveProperty('groups');
    expect(after.claims).toHaveProperty('member_of');
  });

  it.each([
    ['email_missing', { name: 'Nobody' }],
    ['email_missing', { email: 7 }],
    ['email_missing', { email: 'not an address' }],
    ['email_unverified', { email: 'new@example.edu', email_verified: false }],
    ['identity_conflict', { email: 'TAKEN@example.edu' }],
  ])('refuses, as %s, who comes with %j', async (code, claims) => {
    idp.person = { sub: 'the first', claims: { email: 'taken@example.edu' } };
    await new InstitutionalBrowser(server).logIn();
    idp.person = { sub: 'another', claims };
    const browser = new InstitutionalBrowser(server);
    expect(await browser.logIn()).toBe(`/sign-in?error=${code}`);
    expect(await browser.me()).toBeNull();
    const entry = (await auditLogOf(server)).at(-1)!;
    expect(entry).toMatchObject({ action: 'user.login', outcome: 'refused', ip: '127.0.0.1' });
    expect(entry.reason).toMatch(new RegExp(`^${code}: `));
    expect(entry.after).toMatchObject({ issuer: idp.issuer, subject: 'another' });
  });

  it('writes down what others wrote, whatever is in it', async () => {
    const browser = new InstitutionalBrowser(server);
    const callback = await browser.callback();
    callback.searchParams.delete('code');
    callback.searchParams.set('error', 'a\u0000b');
    callback.searchParams.set('error_description', '<b>\r\nx');
    expect(await browser.visit(callback)).toBe('/sign-in?error=login_failed');
    const entry = (await auditLogOf(server)).at(-1)!;
    expect(entry.reason).toBe('login_failed: The provider answered a b: <b> x');
  });

  it('comes back when the person says no', async () => {
    idp.denies = true;
    const browser = new InstitutionalBrowser(server);
    expect(await browser.logIn()).toBe('/sign-in?error=login_denied');
    idp.denies = false;
    expect(await browser.logIn()).toBe('/chat');
  });
});

describe('the identity provider', () => {
  it('may be away when Lumen starts, and is found when it is back', async () => {
    const place = await planInstitutionalLogin();
    await using idp = await IdentityProvider.start(place.redirectUri);
    await idp.goAway();
    await using server = await startWithLogin(place, oauth2For(idp));
    const browser = new InstitutionalBrowser(server);
    expect(await browser.logIn()).toBe('/sign-in?error=login_provider_unreachable');
    expect((await auditLogOf(server)).at(-1)).toMatchObject({
      action: 'user.login',
      outcome: 'refused',
      reason: expect.stringContaining('ECONNREFUSED') as unknown,
    });
    await idp.comeBack();
    expect(await browser.logIn()).toBe('/chat');
    const callback = await new InstitutionalBrowser(server).callback();
    expect(callback.searchParams.get('code')).toBeTruthy();
    const unlucky = new InstitutionalBrowser(server);
    const answer = await unlucky.callback();
    await idp.goAway();
    expect(await unlucky.visit(answer)).toBe('/sign-in?error=login_provider_unreachable');
    expect(await browser.me()).not.toBeNull();
    await idp.comeBack();
    expect(await unlucky.logIn()).toBe('/chat');
  });

  it('may vouch for addresses it has not checked, where that is allowed', async () => {
    const place = await planInstitutionalLogin();
    await using idp = await IdentityProvider.start(place.redirectUri);
    const oauth2 = oauth2For(idp, { allow_unverified_email: true });
    await using server = await startWithLogin(place, oauth2);
    idp.person = { sub: 'x', claims: { email: 'x@example.edu', email_verified: false } };
    expect(await new InstitutionalBrowser(server).logIn()).toBe('/chat');
    await server.createKey('admin@example.edu');
    idp.person = { sub: 'y', claims: { email: 'admin@example.edu', email_verified: false } };
    expect(await new InstitutionalBrowser(server).logIn()).toBe('/sign-in?error=identity_conflict');
    idp.person = { sub: 'z', claims: { email: 'Admin@example.edu', email_verified: true } };
    expect(await new InstitutionalBrowser(server).logIn()).toBe('/chat');
  });

  it('is nobody’s where none is configured', async () => {
    const place = await planInstitutionalLogin();
    await using server = await startWithLogin(place, {});
    expect(await (await fetch(`${server.url}/api/bootstrap`)).json()).toMatchObject({
      login: { kind: 'none' },
    });
    for (const path of ['/login', '/callback?code=a&state=b']) {
      const answer = await fetch(`${server.url}${path}`, { redirect: 'manual' });
      expect(answer.status).toBe(503);
      expect(leadsTo(answer)).toBe('/sign-in?error=login_not_configured');
    }
  });
});
