/**
 * The import table of the architecture (docs/architecture.md), enforced by `npm run check`.
 * A module may import what stands beside its name, itself, and the ground every module stands on.
 */
const GROUND = ['infrastructure', 'config'];
const MODULES = {
  infrastructure: [],
  config: ['infrastructure'],
  users: [],
  groups: ['users'],
  clients: ['users', 'groups'],
  announcements: ['users', 'groups'],
  terms: [],
  branding: [],
  auth: ['branding', 'users', 'groups', 'clients'],
  providers: [],
  models: ['providers'],
  access: ['users', 'groups', 'clients', 'models'],
  budgets: ['users', 'groups', 'clients', 'models'],
  usage: [],
  proxy: ['auth', 'access', 'models', 'budgets', 'usage'],
  chat: ['proxy', 'models'],
  health: ['auth', 'models'],
  help: [],
  metrics: ['models', 'budgets', 'usage', 'proxy'],
};
const APPLICATION = ['admin', 'cli'];

const tableRules = Object.entries(MODULES).map(([name, mayImport]) => {
  const ground = GROUND.includes(name) ? mayImport : [...GROUND, ...mayImport];
  const allowed = [name, ...ground].join('|');
  return {
    name: `import-table-${name}`,
    comment: `${name}/ may import ${ground.join(', ') || 'nothing else of Lumen'}.`,
    severity: 'error',
    from: { path: `^server/src/${name}/` },
    to: { path: '^server/src/', pathNot: `^server/src/(${allowed})/` },
  };
});

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...tableRules,
    {
      name: 'front-door',
      comment: 'Another module is entered through its service, its module file or its index.',
      severity: 'error',
      from: { path: '^server/src/([^/]+)/' },
      to: {
        path: '^server/src/[^/]+/',
        pathNot: [
          '^server/src/$1/',
          '^server/src/infrastructure/',
          '\\.(service|module)\\.ts$',
          '^server/src/[^/]+/index\\.ts$',
        ],
      },
    },
    {
      name: 'nobody-imports-the-application',
      comment: `${APPLICATION.join(' and ')} are where modules are put together; nothing imports them.`,
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/([^/]+\\.ts$|(admin|cli)/)' },
      to: { path: '^server/src/(admin|cli)/' },
    },
    {
      name: 'no-dev-dependency-in-the-server',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-vague-rooms',
      comment: 'A folder or file is named for what it is about.',
      severity: 'error',
      from: {},
      to: {
        path: '^(server|client|test|scripts)/.*/(helpers?|utils?|common|misc|managers?)(/|\\.)',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'server/tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
