import { readFileSync } from 'node:fs';
import { clientId, personId } from '../usage/log-of-a-university.js';
import { keyId, poolId } from './institution.js';

interface ApiDescription {
  paths: Record<string, { get?: { parameters: { in: string; required?: boolean }[] } }>;
}

/** What stands for a parameter of a path; the first that fits, by the beginning of the path. */
const PARAMETERS: readonly [path: string, value: string][] = [
  ['/api/me/budgets/', poolId(0)],
  ['/api/admin/budgets/pools/', poolId(17)],
  ['/api/admin/users/', personId(17)],
  ['/api/admin/groups/', 'students'],
  ['/api/admin/clients/', clientId(3)],
  ['/api/clients/', clientId(0)],
  ['/api/admin/models/', 'model-7'],
  ['/api/catalogue/', 'model-7'],
  ['/api/help/', 'usage'],
];

/** What is no data of a console's page, and why. */
const LEFT_OUT: readonly [path: RegExp, because: string][] = [
  [/^\/(login|callback)$/, 'a redirect to and from the identity provider'],
  [/^\/v1\//, 'for tools, not for pages'],
  [/^\/chat\//, 'the chat, whose figures have specs of their own'],
  [/^\/health/, 'probes'],
  [/\/export$/, 'a file that is written while it is read'],
  [/^\/api\/readmes\//, 'fetched from another server'],
  [/^\/api\/admin\/configuration\/history\/\{id\}$/, 'a file; there is none before a change'],
];

const MONTH = 'period=30d&tz=Europe/Berlin';
/** What the page's tables ask for. */
const TABLE = `${MONTH}&series=none`;
const PERSON = personId(17);
/** The rows of one page of a table. */
const PEOPLE = Array.from({ length: 10 }, (_, n) => `of=${personId(17 * n)}`).join('&');
const MODELS = Array.from({ length: 10 }, (_, n) => `of=model-${19 * n}`).join('&');
const KEYS = Array.from({ length: 10 }, (_, n) => `of=${keyId(17 * n)}`).join('&');
const ENDPOINTS = Array.from({ length: 10 }, (_, n) => `of=http://backend-${19 * n}:8000/v1`).join(
  '&',
);
const BY = ['user', 'group', 'client', 'model', 'key', 'endpoint', 'source'];

/** What pages ask for beside the address alone. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  '/api/usage': [MONTH, `${MONTH}&by=model`, `${MONTH}&by=key`, `${MONTH}&by=source`],
  '/api/usage/chart': [MONTH, 'period=90d&tz=Europe/Berlin', 'period=24h', 'period=year'],
  '/api/usage/trends': [`${MONTH}&by=model&${MODELS}`, `period=year&by=source&of=chat&of=api`],
  '/api/usage/requests': [MONTH, 'period=year&outcome=failed'],
  '/api/admin/usage': [
    MONTH,
    ...BY.map((by) => `${TABLE}&by=${by}`),
    'period=90d&by=user&series=none',
    'period=year&by=group&series=none',
    'period=7d&by=group&sort=requests&order=asc&series=none',
    `${TABLE}&by=user&sort=tokens&page=20`,
    `${TABLE}&by=group&model=model-7`,
    `${TABLE}&by=user&group=group3`,
    `${TABLE}&by=user&group=students`,
    `${TABLE}&by=model&group=students`,
    `${TABLE}&by=model&group=faculty3`,
    `${TABLE}&by=model&group=default`,
    `${TABLE}&by=model&user=${PERSON}`,
    `${TABLE}&by=key&client=${clientId(3)}`,
  ],
  '/api/admin/usage/chart': [
    MONTH,
    'period=24h',
    'period=90d&metric=tokens',
    'period=year',
    `${MONTH}&model=model-7`,
    `${MONTH}&user=${PERSON}`,
    `${MONTH}&group=group3`,
    `${MONTH}&group=faculty3`,
    `${MONTH}&group=students`,
    `${MONTH}&group=default`,
  ],
  '/api/admin/usage/people': [MONTH, 'period=90d', 'period=year', `${MONTH}&group=students`],
  '/api/admin/usage/rows': [
    `${MONTH}&by=user&${PEOPLE}`,
    `period=90d&by=user&${PEOPLE}&metric=tokens`,
    `period=year&by=user&${PEOPLE}`,
    `${MONTH}&by=user&group=students&${PEOPLE}`,
    `${MONTH}&by=model&${MODELS}`,
    `period=90d&by=model&${MODELS}`,
    `${MONTH}&by=model&user=${PERSON}&${MODELS}`,
    `${MONTH}&by=model&group=students&${MODELS}`,
    `${MONTH}&by=key&${KEYS}`,
    `${MONTH}&by=endpoint&${ENDPOINTS}`,
    `period=24h&by=endpoint&${ENDPOINTS}`,
  ],
  '/api/admin/usage/latencies': [
    MONTH,
    'period=90d&tz=Europe/Berlin',
    'period=24h',
    `${MONTH}&model=model-7&source=chat`,
  ],
  '/api/admin/usage/outlook': [
    MONTH,
    'period=year',
    `${MONTH}&group=students`,
    `${MONTH}&model=model-7`,
  ],
  '/api/admin/usage/requests': [
    MONTH,
    `${MONTH}&outcome=failed`,
    `${MONTH}&user=${PERSON}`,
    `${MONTH}&group=group3`,
    `${MONTH}&group=students`,
    `${MONTH}&model=model-7`,
  ],
  '/api/admin/overview': ['tz=Europe/Berlin'],
  '/api/admin/users': [
    ...sorts('name', 'email', 'createdAt', 'lastLoginAt', 'isActive', 'lastActiveAt', 'spent30d'),
    'group=group3',
    'group=students&sort=email',
    'group=default',
    'group=students&sort=spent30d&order=desc',
    'search=erson+17',
    'search=nobody-at-all',
    'role=admin',
    'active=false',
    'page=400&sort=name',
  ],
  '/api/admin/groups/{name}/members': ['sort=name', 'search=erson+17', 'pageSize=200&page=20'],
  '/api/admin/groups': ['sort=name', 'search=group7'],
  '/api/admin/clients': ['sort=name', 'search=ion-7', 'sort=updatedAt&order=desc'],
  '/api/admin/budgets/pools': ['sort=share', 'sort=balance', 'sort=owner', 'search=person17'],
  '/api/admin/audit': ['sort=at&order=desc', 'search=person17', 'action=key.create'],
  '/api/admin/endpoints': ['sort=model', 'sort=status'],
  '/api/admin/resolution': ['model=model-7', `model=model-7&asker=user&name=person17@example.edu`],
  '/api/help': ['search=budget'],
};

function sorts(...columns: string[]): string[] {
  return columns.flatMap((column) => [`sort=${column}&order=asc`, `sort=${column}&order=desc`]);
}

/**
 * Every address that a page of the consoles may read, as the description of the API has them: a new
 * one is among them by itself, and throws if it has a parameter that nothing here stands for.
 */
export function consoleAddresses(): string[] {
  const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as ApiDescription;
  const known = Object.keys(paths).filter((path) => 'get' in paths[path]!);
  const strange = Object.keys(QUERIES).filter((path) => !known.includes(path));
  if (strange.length > 0) throw new Error(`The API has no ${strange.join(', ')}.`);
  return known
    .filter((path) => !LEFT_OUT.some(([left]) => left.test(path)))
    .flatMap((path) => {
      const needsQuery = paths[path]!.get!.parameters.some(
        (each) => each.in === 'query' && each.required === true,
      );
      const queries = [...(needsQuery ? [] : ['']), ...(QUERIES[path] ?? [])];
      if (queries.length === 0) throw new Error(`Say in QUERIES what ${path} is asked for.`);
      return queries.map((query) => addressOf(path, query));
    });
}

function addressOf(path: string, query: string): string {
  const filled = path.replace(/\{\w+\}/g, () => {
    const found = PARAMETERS.find(([start]) => path.startsWith(start));
    if (!found) throw new Error(`Say in PARAMETERS what stands for the parameter of ${path}.`);
    return found[1];
  });
  return query === '' ? filled : `${filled}?${query}`;
}
