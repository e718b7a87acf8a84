import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPair } from 'jose';
import { HostileProvider, type TokenOptions, unsigned } from '../support/hostile-provider.js';
import { CLIENT_ID, CLIENT_SECRET, IdentityProvider } from '../support/identity-provider.js';
import { auditLogOf } from '../support/lumen/audit-log.js';
import { InstitutionalBrowser } from '../support/lumen/institutional-browser.js';
import { planInstitutionalLogin, startWithLogin } from '../support/lumen/institutional-login.js';
import { type LumenServer } from '../support/lumen/lumen-server.js';

const PAST_S = 3_600;

/** The refusal is where the browser ends, in the audit log, and nobody is signed in. */
async function expectRefusal(
  server: LumenServer,
  browser: InstitutionalBrowser,
  leadsTo: string,
  expected: { code: string; reason: RegExp },
): Promise<void> {
  expect(leadsTo).toBe(`/sign-in?error=${expected.code}`);
  expect(Math.floor(browser.lastStatus / 100)).toBe(expected.code.endsWith('unreachable') ? 5 : 4);
  expect(browser.sessionCookie).toBeUndefined();
  expect(await browser.me()).toBeNull();
  const entry = (await auditLogOf(server)).at(-1)!;
  expect(entry).toMatchObject({ action: 'user.login', outcome: 'refused', ip: '127.0.0.1' });
  expect(entry.reason).toMatch(new RegExp(`^${expected.code}: `));
  expect(entry.reason).toMatch(expected.reason);
}

describe('a provider’s answer that is forged', () => {
  let server: LumenServer;
  let hostile: HostileProvider;

  beforeAll(async () => {
    const place = await planInstitutionalLogin();
    hostile = await HostileProvider.start();
    server = await startWithLogin(place, {
      client_id: hostile.clientId,
      client_secret: 'secret',
      server_metadata_url: hostile.metadataUrl,
    });
  });

  afterAll(async () => {
    await server.stop();
    await hostile[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    hostile.userinfo = () => ({ sub: 'mallory' });
  });

  /** A login under way, with the nonce that a good token would have. */
  async function underWay() {
    const browser = new InstitutionalBrowser(server);
    const location = await browser.visit(`${server.url}/login?returnTo=/keys`);
    const asked = new URL(location).searchParams;
    const callback = new URL(`${server.url}/callback`);
    callback.search = new URLSearchParams({ code: 'any', state: asked.get('state')! }).toString();
    return { browser, callback, nonce: asked.get('nonce')! };
  }

  function answerWith(idToken: unknown): void {
    hostile.token = () => ({ access_token: 'any', token_type: 'Bearer', id_token: idToken });
  }

  it('is accepted when nothing is wrong with it', async () => {
    const { browser, callback, nonce } = await underWay();
    answerWith(await hostile.sign(nonce));
    expect(await browser.visit(callback)).toBe('/keys');
    expect(await browser.me()).toMatchObject({ email: 'mallory@example.org' });
  });

  it('is kept apart from those to others at the same time', async () => {
    const logins = await Promise.all(Array.from({ length: 12 }, () => underWay()));
    hostile.token = async (form) => {
      const index = Number(form.get('code'));
      const claims = { sub: `person-${index}`, email: `person-${index}@example.org` };
      const token = await hostile.sign(logins[index]!.nonce, { claims });
      return { access_token: `person-${index}`, token_type: 'Bearer', id_token: token };
    };
    hostile.userinfo = (accessToken) => ({ sub: accessToken, name: `Name of ${accessToken}` });
    const pages = await Promise.all(
      logins.map(({ browser, callback }, index) => {
        callback.searchParams.set('code', String(index));
        return browser.visit(callback);
      }),
    );
    expect(new Set(pages)).toEqual(new Set(['/keys']));
    for (const [index, { browser }] of logins.entries()) {
      const name = `Name of person-${index}`;
      expect(await browser.me()).toMatchObject({ name, email: `person-${index}@example.org` });
    }
  });

  const nowS = Math.floor(Date.now() / 1000);
  it.each<[string, TokenOptions, RegExp]>([
    ['another issuer', { claims: { iss: 'https://evil.example' } }, /"iss"/],
    ['another audience', { claims: { aud: 'another-client' } }, /"aud"/],
    ['two audiences and no azp', { claims: { aud: ['lumen', 'b'] } }, /azp/],
    ['another azp', { claims: { azp: 'another-client' } }, /azp/],
    ['an end that is past', { claims: { exp: nowS - PAST_S } }, /"exp"/],
    ['a beginning that is to come', { claims: { nbf: nowS + PAST_S } }, /"nbf"/],
    ['another nonce', { claims: { nonce: 'of another login' } }, /nonce/],
    ['no nonce', { without: 'nonce' }, /nonce/],
    ['no subject', { without: 'sub' }, /"sub"/],
    ['no end', { without: 'exp' }, /"exp"/],
    ['no beginning', { without: 'iat' }, /"iat"/],
    ['a subject that is none', { claims: { sub: '' } }, /subject/],
    ['a key that is not there', { header: { alg: 'RS256', kid: 'two' } }, /JWKS_NO_MATCHING_KEY/],
  ])('is refused with %s', async (_what, options, reason) => {
    const { browser, callback, nonce } = await underWay();
    answerWith(await hostile.sign(nonce, options));
    const leadsTo = await browser.visit(callback);
    await expectRefusal(server, browser, leadsTo, { code: 'login_failed', reason });
  });

  it.each<[string, (token: string) => string | Promise<string>, RegExp]>([
    ['no signature (alg none)', unsigned, /ALG_NOT_ALLOWED/],
    [
      'claims that were changed',
      (token) => {
        const [header, , signature] = token.split('.');
        const claims = JSON.parse(
          Buffer.from(token.split('.')[1]!, 'base64url').toString(),
        ) as object;
        const changed = JSON.stringify({ ...claims, sub: 'admin' });
        return `${header}.${Buffer.from(changed).toString('base64url')}.${signature}`;
      },
      /SIGNATURE_VERIFICATION_FAILED/,
    ],
    ['nothing of a token', () => 'nonsense', /JW[ST]/],
    ['a number for a token', () => 7 as unknown as string, /without an ID/],
  ])('is refused with %s', async (_what, forge, reason) => {
    const { browser, callback, nonce } = await underWay();
    answerWith(await forge(await hostile.sign(nonce)));
    const leadsTo = await browser.visit(callback);
    await expectRefusal(server, browser, leadsTo, { code: 'login_failed', reason });
  });

  it('is refused when another key signed it', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const { browser, callback, nonce } = await underWay();
    answerWith(await hostile.sign(nonce, { key: privateKey }));
    const leadsTo = await browser.visit(callback);
    const reason = /SIGNATURE_VERIFICATION_FAILED/;
    await expectRefusal(server, browser, leadsTo, { code: 'login_failed', reason });
  });

  it('is refused when the public key was used as a secret', async () => {
    const { browser, callback, nonce } = await underWay();
    const header = { alg: 'HS256', kid: 'one' };
    answerWith(await hostile.sign(nonce, { key: hostile.publicKeyBytes, header }));
    const leadsTo = await browser.visit(callback);
    const reason = /ALG_NOT_ALLOWED/;
    await expectRefusal(server, browser, leadsTo, { code: 'login_failed', reason });
  });

  it.each<[string, object | string]>([
    ['another subject', { sub: 'admin', email: 'admin@example.org' }],
    ['no subject', { email: 'admin@example.org' }],
    ['no JSON', 'nonsense'],
    ['no object', '["mallory"]'],
  ])('is refused when userinfo has %s', async (_what, userinfo) => {
    const { browser, callback, nonce } = await underWay();
    answerWith(await hostile.sign(nonce));
    hostile.userinfo = () => userinfo;
    const leadsTo = await browser.visit(callback);
    await expectRefusal(server, browser, leadsTo, { code: 'login_failed', reason: /userinfo/ });
    expect((await auditLogOf(server)).at(-1)!.after).toMatchObject({ subject: 'mallory' });
  });

  it('is refused when userinfo has no end', async () => {
    const { browser, callback, nonce } = await underWay();
    answerWith(await hostile.sign(nonce));
    hostile.userinfo = () => ({ sub: 'mallory', groups: 'x'.repeat(2_000_000) });
    const leadsTo = await browser.visit(callback);
    const code = 'login_provider_unreachable';
    await expectRefusal(server, browser, leadsTo, { code, reason: /userinfo/ });
  });

  it('cannot have what the token says overwritten by userinfo', async () => {
    const { browser, callback, nonce } = await underWay();
    answerWith(await hostile.sign(nonce));
    hostile.userinfo = () => ({ sub: 'mallory', iss: 'https://x.example', email: 'a@b.example' });
    expect(await browser.visit(callback)).toBe('/keys');
    expect(await browser.me()).toMatchObject({ email: 'mallory@example.org' });
  });

  it.each([
    ['state=STATE', /neither a code nor an error/],
    ['code=a&code=b&state=STATE', /twice/],
    ['code=a&state=STATE&state=STATE', /twice/],
    ['code=a&state=STATE&iss=https://evil.example', /not of this provider/],
    ['error=server_error&error_description=x&state=STATE', /server_error: x/],
  ])('is refused as the callback ?%s', async (query, reason) => {
    const { browser, callback } = await underWay();
    const state = callback.searchParams.get('state')!;
    const address = `${server.url}/callback?${query.replaceAll('STATE', state)}`;
    const leadsTo = await browser.visit(address);
    await expectRefusal(server, browser, leadsTo, { code: 'login_failed', reason });
  });

  it('does not take the callback for a way to begin, nor the beginning for a callback', async () => {
    const browser = new InstitutionalBrowser(server);
    await browser.visit(`${server.url}/callback`);
    expect(browser.cookie(server.url, 'lumen_login')).toBeUndefined();
    const location = await browser.visit(`${server.url}/login?code=a&error=access_denied`);
    expect(location.startsWith(`${hostile.issuer}/auth?`)).toBe(true);
  });
});

describe('an answer of the provider in the wrong hands', () => {
  let server: LumenServer;
  let idp: IdentityProvider;

  beforeAll(async () => {
    const place = await planInstitutionalLogin();
    idp = await IdentityProvider.start(place.redirectUri);
    server = await startWithLogin(place, {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      server_metadata_url: idp.metadataUrl,
    });
  });

  afterAll(async () => {
    await server.stop();
    await idp[Symbol.asyncDispose]();
  });

  it('is of no use without the browser that began the login', async () => {
    const victim = new InstitutionalBrowser(server);
    const callback = await victim.callback();
    const attacker = new InstitutionalBrowser(server);
    const leadsTo = await attacker.visit(callback);
    const refusal = { code: 'login_expired', reason: /no login under way/ };
    await expectRefusal(server, attacker, leadsTo, refusal);
    expect(await victim.visit(callback)).toBe('/chat');
  });

  it('is of no use in a login of one’s own: the code needs the verifier', async () => {
    const stolen = (await new InstitutionalBrowser(server).callback()).searchParams.get('code')!;
    const attacker = new InstitutionalBrowser(server);
    const own = await attacker.callback();
    own.searchParams.set('code', stolen);
    const leadsTo = await attacker.visit(own);
    await expectRefusal(server, attacker, leadsTo, {
      code: 'login_failed',
      reason: /did not exchange the code: invalid_grant/,
    });
  });

  it('is of no use at the provider, even with the client’s secret', async () => {
    const callback = await new InstitutionalBrowser(server).callback();
    const form = {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code')!,
      redirect_uri: callback.origin + callback.pathname,
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
    };
    const answer = await fetch(`${idp.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    expect(answer.status).toBe(400);
  });

  it('is used up by being used', async () => {
    const browser = new InstitutionalBrowser(server);
    const callback = await browser.callback();
    const sealed = browser.cookie(server.url, 'lumen_login')!;
    expect(await browser.visit(callback)).toBe('/chat');
    const thief = new InstitutionalBrowser(server);
    thief.setCookie(server.url, 'lumen_login', sealed);
    const leadsTo = await thief.visit(callback);
    await expectRefusal(server, thief, leadsTo, { code: 'login_replayed', reason: /before/ });
    expect(await browser.me()).not.toBeNull();
  });

  it('is refused with a state that is not the browser’s, which can still log in', async () => {
    const browser = new InstitutionalBrowser(server);
    const callback = await browser.callback();
    for (const state of ['', 'x', 'A'.repeat(43)]) {
      const forged = new URL(callback);
      forged.searchParams.set('state', state);
      const leadsTo = await browser.visit(forged);
      await expectRefusal(server, browser, leadsTo, { code: 'login_expired', reason: /state/ });
    }
    expect(await browser.visit(callback)).toBe('/chat');
  });

  it.each(['', 'x', 'a.b.c.d.e', `${'A'.repeat(20)}..x.y.z`])(
    'is refused with the cookie %j',
    async (value) => {
      const browser = new InstitutionalBrowser(server);
      const callback = await browser.callback();
      browser.setCookie(server.url, 'lumen_login', value);
      const leadsTo = await browser.visit(callback);
      await expectRefusal(server, browser, leadsTo, { code: 'login_expired', reason: /browser/ });
    },
  );

  it('tells nobody the verifier: the cookie is encrypted and no script can read it', async () => {
    const answer = await fetch(`${server.url}/login`, { redirect: 'manual' });
    const cookie = answer.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^lumen_login=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    const header = Buffer.from(cookie.split('=')[1]!.split('.')[0]!, 'base64url').toString();
    expect(JSON.parse(header)).toEqual({ alg: 'dir', enc: 'A256GCM' });
  });

  it('does not adopt a session that was planted', async () => {
    const attacker = new InstitutionalBrowser(server);
    await attacker.logIn();
    const victim = new InstitutionalBrowser(server);
    for (const planted of [attacker.sessionCookie!, 'A'.repeat(43)]) {
      victim.setCookie(server.url, 'lumen_session', planted);
      expect(await victim.logIn()).toBe('/chat');
      expect(victim.sessionCookie).not.toBe(planted);
    }
    expect(await attacker.me()).toBeNull();
    expect(await victim.me()).not.toBeNull();
  });
});

describe('outside debug', () => {
  it('both cookies are for https and this host alone', async () => {
    const place = await planInstitutionalLogin();
    await using idp = await IdentityProvider.start(place.redirectUri);
    const oauth2 = {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      server_metadata_url: idp.metadataUrl,
    };
    await using server = await startWithLogin(place, oauth2, { isDebug: false });
    const browser = new InstitutionalBrowser(server);
    const callback = await browser.callback();
    expect(browser.cookie(server.url, '__Host-lumen_login')).toBeDefined();
    const answer = await browser.request(callback);
    const cookies = answer.headers.getSetCookie().sort();
    expect(cookies).toHaveLength(2);
    expect(cookies[0]).toMatch(/^__Host-lumen_login=; Max-Age=0; Path=\/; HttpOnly; Secure/);
    expect(cookies[1]).toMatch(/^__Host-lumen_session=[\w-]{43}; .*HttpOnly; Secure; SameSite=Lax/);
  });
});
