import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OidcProviderService } from '../../../server/src/auth/oidc/oidc-provider.service.js';
import { ProviderHttpService } from '../../../server/src/auth/oidc/provider-http.service.js';
import { type ConfigurationService } from '../../../server/src/config/configuration.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { HostileProvider } from '../../support/hostile-provider.js';
import { until } from '../../support/until.js';

const MINUTE_MS = 60_000;

describe('the description of the identity provider', () => {
  let remote: HostileProvider;
  let http: ProviderHttpService;
  let nowMs: number;
  let provider: OidcProviderService;

  beforeAll(async () => {
    remote = await HostileProvider.start();
    http = new ProviderHttpService();
  });

  afterAll(async () => {
    await http.onModuleDestroy();
    await remote[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    Object.assign(remote, { status: 200, isSilent: false, metadata: {} });
    remote.asked.length = 0;
    nowMs = 0;
    const clock = new ClockService();
    clock.monotonicMs = () => nowMs;
    const oauth2 = { serverMetadataUrl: remote.metadataUrl };
    const configuration = { current: { oauth2 } } as unknown as ConfigurationService;
    provider = new OidcProviderService(configuration, http, clock);
  });

  it('is fetched once, however many ask', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => provider.current()));
    expect(new Set(all).size).toBe(1);
    nowMs = 59 * MINUTE_MS;
    await provider.current();
    expect(remote.asked).toHaveLength(1);
  });

  it('is refreshed behind the logins of people', async () => {
    const before = await provider.current();
    remote.metadata = { token_endpoint: `${remote.issuer}/elsewhere` };
    nowMs = 61 * MINUTE_MS;
    expect(await provider.current()).toBe(before);
    await until(async () => (await provider.current()) !== before);
    const { tokenEndpoint, keys } = await provider.current();
    expect(tokenEndpoint).toBe(`${remote.issuer}/elsewhere`);
    expect(keys).toBe(before.keys);
    expect(remote.asked).toHaveLength(2);
  });

  it('stays as it was while the provider is away, which is asked once a minute', async () => {
    const before = await provider.current();
    remote.status = 503;
    nowMs = 61 * MINUTE_MS;
    await provider.current();
    await until(() => remote.asked.length === 2);
    for (let n = 0; n < 5; n += 1) expect(await provider.current()).toBe(before);
    expect(remote.asked).toHaveLength(2);
    remote.status = 200;
    nowMs += 2 * MINUTE_MS;
    await provider.current();
    await until(async () => (await provider.current()) !== before);
    expect(remote.asked).toHaveLength(3);
  });

  it.each<[string, Partial<Pick<HostileProvider, 'status' | 'metadata'>>, RegExp]>([
    ['fails', { status: 500 }, /status 500/],
    ['has none', { status: 404 }, /no discovery document/],
    ['redirects', { status: 302 }, /no discovery document/],
    ['is another', { metadata: { issuer: 'https://evil.example' } }, /not the one at that address/],
    ['has no keys', { metadata: { jwks_uri: null } }, /no jwks_uri/],
  ])('is asked for again after a provider that %s', async (_what, changed, reason) => {
    Object.assign(remote, changed);
    const refusal = { code: 'login_provider_unreachable', message: expect.stringMatching(reason) };
    await expect(provider.current()).rejects.toMatchObject(refusal);
    Object.assign(remote, { status: 200, metadata: {} });
    expect((await provider.current()).issuer).toBe(remote.issuer);
  });

  it('is given up on when the provider hangs', async () => {
    remote.isSilent = true;
    await expect(provider.current()).rejects.toMatchObject({
      code: 'login_provider_unreachable',
      message: expect.stringContaining('HEADERS_TIMEOUT') as unknown,
    });
  });
});
