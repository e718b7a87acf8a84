import { z } from 'zod';
import { type Secret } from '../secret.js';
import { app } from './app.js';
import { branding } from './branding.js';
import { api, budgets, defaults, retention } from './budgets.js';
import { chat } from './chat.js';
import { key } from './key.js';
import { oauth2, sessions } from './login.js';
import { models } from './models.js';
import { log, monitoring, prometheus, telemetry } from './monitoring.js';
import { clients, groups, roleKeys, users } from './people.js';
import { rateLimiting } from './rate-limiting.js';
import { limits, server } from './server.js';
import { governance, upstream } from './upstream.js';

/** Every key of `config.yaml`, in the order of the example file and of the reference. */
export const configurationSchema = z.object({
  version: key(
    z.union([z.literal(1), z.literal(2)]).default(1),
    '2: models are blocked unless something allows them.',
    { allowed: '1 or 2' },
  ),
  app: key(app, 'The application itself.'),
  server: key(server, 'The process.', { reload: 'restart' }),
  oauth2: key(oauth2, 'Login through an identity provider.', { reload: 'restart' }),
  sessions: key(sessions, 'How long a login lasts.'),
  ...roleKeys,
  users: key(users, 'Settings of single people, by e-mail; `default` gives groups to everyone.', {
    entry: '<email>',
    readName: (name) => name.trim().toLowerCase(),
  }),
  models: key(models, 'The models of this file.', {
    allowed: 'a list of models',
    identity: 'name',
  }),
  defaults: key(defaults, 'What holds where nothing else decides.'),
  groups: key(groups, 'Groups by name; everyone is in `default`.', { entry: '<group>' }),
  clients: key(
    clients,
    'Applications by name; `default` serves those without an entry. Also spelled `projects`.',
    { entry: '<client>' },
  ),
  governance: key(governance, 'Which models are exposed.'),
  upstream: key(upstream, 'How backends are reached.'),
  chat: key(chat, 'The chat page.'),
  rateLimiting: key(rateLimiting, 'Requests over time.'),
  budgets: key(budgets, 'The machinery of budgets.'),
  retention: key(retention, 'How long data is kept.'),
  api: key(api, 'The API.'),
  prometheus: key(prometheus, 'Metrics. Also spelled `api.prometheus`.'),
  monitoring: key(monitoring, 'Access for monitoring tools. Also `api.monitoring`.'),
  telemetry: key(telemetry, 'Traces.', { reload: 'restart' }),
  log: key(log, 'The log. Also spelled `app.logs`.'),
  limits: key(limits, 'Sizes beyond which a request is refused.', { reload: 'restart' }),
  branding: key(branding, 'The look.'),
});

type DeepReadonly<T> = T extends Secret | string | number | boolean | null
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

/** The whole configuration: validated, complete (every default filled in) and deep-frozen. */
export type Configuration = DeepReadonly<z.output<typeof configurationSchema>>;
export type ModelConfiguration = Configuration['models'][number];
export type EndpointConfiguration = ModelConfiguration['endpoints'][number];
export type GroupConfiguration = Configuration['groups'][string];
export type UserConfiguration = Configuration['users'][string];
export type ClientConfiguration = Configuration['clients'][string];
export type ModelAccessConfiguration = GroupConfiguration['modelAccess'];
export type ModelAccess = Configuration['defaults']['models']['access'];
export type GroupRule = GroupConfiguration['rules'][number];
/** `max`, `refresh` (per hour) and `starting` of a pool, in coins or in tokens. */
export type BudgetPolicy = NonNullable<GroupConfiguration['coins']>;
