import { setImmediate as nextTurn } from 'node:timers/promises';
import { AccessService } from '../../../server/src/access/access.service.js';
import { LoginService } from '../../../server/src/auth/login.service.js';
import { SessionsService } from '../../../server/src/auth/sessions.service.js';
import { GroupsService } from '../../../server/src/groups/groups.service.js';
import { SYSTEM_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { startTimer, type Took, watchLoop } from '../loop-watch.js';
import { type InProcessAnswer, InProcessLumen } from './in-process.js';
import { type Dialect } from './lumen-server.js';
import { addPeople } from './people.js';

export interface Scale {
  people: number;
  groups: number;
  clients: number;
}

export interface IdentityFigures {
  /** The median of each list. */
  lists: Record<string, Took>;
  membersMs: number;
  /** The median of a login, from the verified claims to the new session. */
  login: Took;
  trialMs: number;
  /** From the file being written to the new rules being in force. */
  reloadMs: number;
  longest: Record<'lists' | 'members' | 'trial' | 'login' | 'reload', Took>;
}

const TIMES = 5;
const REQUEST_GROUP = 3;

/**
 * A university of this size: everybody is in one group by a rule, and a change of the file puts
 * everybody into another. Throws if any answer is not what it has to be.
 */
export async function measureIdentity(
  dialect: Dialect,
  scale: Scale,
  watchIntervalMs: number,
): Promise<IdentityFigures> {
  const text = (url: string, claim: Claim) => configurationOf(url, scale, claim);
  await using lumen = await InProcessLumen.start(
    dialect,
    (url) => text(url, 'affiliation'),
    watchIntervalMs,
  );
  await addPeople(lumen.dataSource, scale.people, (index) => ({
    claims: claimsOf(index, scale.groups),
    lastLoginAt: new Date(1_700_000_000_000 + ((index * 7_919) % scale.people) * 1_000),
  }));
  // What a new process compiles with its first requests does not grow with the university.
  await askLists(lumen, scale);
  await logIn(lumen, scale);
  const lists = await watchLoop(() => askLists(lumen, scale));
  const members = await watchLoop(() => askMembers(lumen, scale));
  const trial = await watchLoop(() => tryDraft(lumen, scale));
  const login = await watchLoop(() => logIn(lumen, scale));
  const reload = await watchLoop(() =>
    changeRules(lumen, text(lumen.databaseUrl, 'ou'), scale, watchIntervalMs === 0),
  );
  return {
    lists: lists.result,
    membersMs: members.result,
    trialMs: trial.result,
    login: login.result,
    reloadMs: reload.result,
    longest: {
      lists: lists.longest,
      members: members.longest,
      trial: trial.longest,
      login: login.longest,
      reload: reload.longest,
    },
  };
}

type Claim = 'affiliation' | 'ou';

/** A group by affiliation and another by unit; what else a provider sends makes up the length. */
function claimsOf(index: number, groups: number): Record<string, unknown> {
  return {
    affiliation: `staff${index % groups}@example.edu;member@example.edu`,
    ou: `Unit ${unitOf(index, groups)};`,
    idp: 'urn:mace:incommon:example.edu',
    member_of: Array.from({ length: 20 }, (_, n) => `urn:example:group:${index}:${n}:people`),
    eppn: `person${index}@example.edu`,
  };
}

const unitOf = (index: number, groups: number) => (index + 1) % groups;

function configurationOf(databaseUrl: string, { groups, clients }: Scale, claim: Claim): string {
  const rule = (n: number) =>
    claim === 'affiliation'
      ? `{ field: affiliation, contains: "staff${n}@" }`
      : `{ field: ou, contains: "Unit ${n};" }`;
  const group = (n: number) => `
  group${n}:
    description: Group number ${n} of a large place.
    rules:
      - ${rule(n)}
      - { field: idp, equals: "urn:mace:incommon:example.edu" }
    max: ${10 + n}
    refresh: 0.05
    model_access: { default: blocked, allowed: [dummy] }`;
  return `
app:
  secret_key: test-secret-test-secret-test-secret-test
  encryption_key: test-encryption-test-encryption-test-enc
  database_url: ${databaseUrl}
  debug: true
  dev_user: dev@example.com
admins: [dev@example.com]
log: { level: error }
models:
  - name: dummy
    input_cost_per_million: 1
    output_cost_per_million: 1
    endpoints: [{ url: "http://127.0.0.1:9/v1", api_key: none }]
groups:
  default: { max: 0 }
${Array.from({ length: groups }, (_, n) => group(n)).join('')}
clients:
${Array.from({ length: clients }, (_, n) => `  client${n}: { max: ${5 + n}, groups: [group${n % groups}] }`).join('\n')}
`;
}

const LISTS = {
  'first page by name': 'users?sort=name',
  'last page by name': 'users?sort=name&page=LAST',
  'by last login': 'users?sort=lastLoginAt&order=desc',
  'search in the middle': 'users?search=ERSON7',
  'search for nobody': 'users?search=nobody-at-all',
  'search beyond ASCII': 'users?search=%C3%A9lodie',
  'clients by name': 'clients?sort=name&pageSize=200',
  'clients by search': 'clients?search=CLIENT7',
};

async function askLists(lumen: InProcessLumen, { people }: Scale) {
  const figures: Record<string, Took> = {};
  for (const [name, query] of Object.entries(LISTS)) {
    const last = String(Math.floor(people / 50));
    const address = `/api/admin/${query.replace('LAST', last)}`;
    figures[name] = await medianOf(async () => {
      const answer = await lumen.ask('GET', address);
      expectStatus(answer, 200);
      return { wallMs: answer.tookMs, cpuMs: answer.cpuMs };
    });
  }
  return figures;
}

async function askMembers(lumen: InProcessLumen, { people }: Scale): Promise<number> {
  const answer = await lumen.ask('GET', '/api/admin/groups/default/members?pageSize=200&sort=name');
  expectStatus(answer, 200);
  expectEqual(totalOf(answer), people + 1);
  return answer.tookMs;
}

async function tryDraft(lumen: InProcessLumen, { people, groups }: Scale): Promise<number> {
  const body = {
    claims: claimsOf(REQUEST_GROUP, groups),
    draft: { name: `group${REQUEST_GROUP}`, rules: [{ field: 'idp', contains: 'example.edu' }] },
  };
  const answer = await lumen.ask('POST', '/api/admin/groups/test', body);
  expectStatus(answer, 200);
  const { draft } = answer.body as { draft: { members: number; joining: number } };
  expectEqual(draft.members, people);
  expectEqual(draft.joining, people - Math.ceil((people - REQUEST_GROUP) / groups));
  return answer.tookMs;
}

/** People come back to log in, each with the claims they had and the groups that follow. */
async function logIn(lumen: InProcessLumen, { people, groups }: Scale): Promise<Took> {
  const service = lumen.app.get(LoginService);
  const browser = { ip: '192.0.2.1', userAgent: 'test', previousToken: undefined };
  let index = 0;
  return medianOf(async () => {
    index += Math.floor(people / TIMES) - 1;
    const email = `person${index}@example.edu`;
    const identity = {
      issuer: 'https://idp.example',
      subject: `subject-${index}`,
      email,
      isEmailVerified: true,
      name: `Person ${index}`,
      claims: claimsOf(index, groups),
    };
    // As in `ask`: two people who log in never do so in one turn of the event loop.
    await nextTurn();
    const passed = startTimer();
    const token = await service.loginVerified(
      { id: newId(), identity, returnTo: '/chat' },
      browser,
      SYSTEM_CONTEXT,
    );
    const principal = await lumen.app.get(SessionsService).find(token);
    const standings = await lumen.app.get(AccessService).standings(principal!, 'chat');
    const took = passed();
    expectEqual(principal?.email, email);
    expectEqual(standings.length, 1);
    return took;
  });
}

/** Everybody's group moves to the one before it; the rule is asked of one person until it has. */
async function changeRules(
  lumen: InProcessLumen,
  text: string,
  { groups, people }: Scale,
  mustLook: boolean,
): Promise<number> {
  const service = lumen.app.get(GroupsService);
  const person = { id: 'x', email: 'x@example.edu', claims: claimsOf(REQUEST_GROUP, groups) };
  const groupsNow = async () =>
    (await service.ofUser(person)).map(({ group }) => group.name).join();
  expectEqual(await groupsNow(), `default,group${REQUEST_GROUP}`);
  const startedMs = performance.now();
  await lumen.configure(text);
  if (mustLook) await lumen.lookNow();
  const wanted = `default,group${unitOf(REQUEST_GROUP, groups)}`;
  while ((await groupsNow()) !== wanted) {
    if (performance.now() - startedMs > 15_000) throw new Error('The rules never changed.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const tookMs = performance.now() - startedMs;
  const answer = await lumen.ask('GET', `/api/admin/groups/group${REQUEST_GROUP}/members`);
  expectEqual(totalOf(answer), Math.ceil((people - (REQUEST_GROUP - 1)) / groups));
  return tookMs;
}

async function medianOf(measure: () => Promise<Took>): Promise<Took> {
  const found: Took[] = [];
  for (let time = 0; time < TIMES; time += 1) found.push(await measure());
  const middle = (of: (took: Took) => number) =>
    found.map(of).sort((one, other) => one - other)[Math.floor(TIMES / 2)]!;
  return { wallMs: middle(({ wallMs }) => wallMs), cpuMs: middle(({ cpuMs }) => cpuMs) };
}

const totalOf = (answer: InProcessAnswer) => (answer.body as { total: number }).total;

function expectStatus({ status, body }: InProcessAnswer, wanted: number): void {
  if (status !== wanted) throw new Error(`${status} instead of ${wanted}: ${JSON.stringify(body)}`);
}

function expectEqual(found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${String(found)} instead of ${String(wanted)}`);
}
