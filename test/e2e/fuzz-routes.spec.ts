import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES, type ApiRoute } from '../support/fuzz/api-routes.js';
import { CALLERS, FuzzedLumen } from '../support/fuzz/fuzzed-lumen.js';
import { fuzzSeed } from '../support/fuzz/seed.js';

/** One seed, so that a run is like another; `npm run prove -- fuzz` takes ever new ones. */
const SEED = 20_260_301;
const RUNS = 3;
/** What anybody may ask; a route that is not here wants to know who asks. */
const PUBLIC =
  /^GET \/(api\/(bootstrap|announcements\/public|terms|help(\/\{topic\})?)|health(\/\w+)?)$/;
const KEYS_ONLY = /^\/v1\//;
const ADMINISTRATION = /^\/api\/admin\//;

const nameOf = ({ method, path }: ApiRoute) => `${method} ${path}`;
const guarded = API_ROUTES.filter((route) => !PUBLIC.test(nameOf(route)));
const addressOf = ({ path }: ApiRoute) => path.replaceAll(/\{\w+\}/g, 'x');
const outcomeOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error?: { code?: string; type?: string } };
  return `${answer.status} ${error?.code ?? error?.type}`;
};

describe('every route of the OpenAPI document', () => {
  const seed = fuzzSeed(SEED);
  let lumen: FuzzedLumen;

  beforeAll(async () => {
    lumen = await FuzzedLumen.start('sqlite');
  }, 60_000);

  afterAll(async () => {
    await lumen[Symbol.asyncDispose]();
  });

  it('asks who is there, but for a closed list', async () => {
    expect(guarded.length).toBeGreaterThan(120);
    for (const route of guarded) {
      const answer = await fetch(lumen.server.url + addressOf(route), { method: route.method });
      expect([nameOf(route), await outcomeOf(answer)]).toEqual([
        nameOf(route),
        expect.stringMatching(/^401 (login_required|api_key_missing|authentication_error)$/),
      ]);
    }
  });

  it('that changes something refuses what no page of ours sent', async () => {
    const { cookie } = lumen.session('administrator');
    const origin = 'https://evil.example';
    const changing = guarded.filter(
      ({ method, path }) => method !== 'GET' && !KEYS_ONLY.test(path),
    );
    expect(changing.length).toBeGreaterThan(60);
    for (const route of changing) {
      // The best that another site can do: the cookie, and no header that needs our leave.
      const answer = await fetch(lumen.server.url + addressOf(route), {
        method: route.method,
        headers: { cookie, origin, 'content-type': 'application/json' },
        body: '{}',
      });
      expect([nameOf(route), await outcomeOf(answer)]).toEqual([
        nameOf(route),
        '403 csrf_token_invalid',
      ]);
    }
  });

  it('of the administration is for administrators', async () => {
    const user = lumen.session('user');
    const administration = guarded.filter(({ path }) => ADMINISTRATION.test(path));
    expect(administration.length).toBeGreaterThan(40);
    for (const route of administration) {
      const answer = await user.fetch(addressOf(route), route.method);
      expect([nameOf(route), await outcomeOf(answer)]).toEqual([
        nameOf(route),
        '403 permission_denied',
      ]);
    }
  });

  it.each(CALLERS)(
    'gives a sound answer to whatever it is sent by: %s',
    async (caller) => {
      await lumen.fuzz(caller, { seed, runs: RUNS });
    },
    60_000,
  );

  it('was reached, not only guarded: much was answered, and much refused for what it said', () => {
    expect(lumen.statuses.get(200)).toBeGreaterThan(100);
    expect(lumen.statuses.get(400)).toBeGreaterThan(100);
    expect(lumen.statuses.get(401)).toBeGreaterThan(100);
  });

  it('left nothing behind in the log that Lumen did not understand', () => {
    const { log, errors } = lumen.server;
    expect(errors).toEqual([]);
    expect(log.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  });
});
