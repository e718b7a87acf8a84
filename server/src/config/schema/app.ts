import { z } from 'zod';
import { parseDatabaseUrl } from '../database-url.js';
import { Secret } from '../secret.js';
import { key, section, withFacts } from './key.js';
import {
  email,
  flag,
  httpUrl,
  list,
  name,
  readYesOrNo,
  secret,
  seconds,
  text,
  wholeNumber,
} from './values.js';

const devUser = withFacts(
  z.object({
    email: key(email, 'Who is logged in.'),
    groups: key(list(name()), 'Groups this person belongs to by configuration.'),
  }),
  {
    allowed: 'an e-mail address, or a mapping with email and groups',
    read: (value) =>
      typeof value === 'string' && value.trim() !== '' ? { email: value } : value || null,
  },
);

const databaseUrl = withFacts(
  z
    .string()
    .refine((value) => parseDatabaseUrl(value) !== null)
    .transform((value) => new Secret(value)),
  {
    allowed:
      'sqlite:///file, sqlite:////absolute/file, sqlite:///:memory: or postgres://user:password@host/name',
    secret: true,
  },
);

/** SQLAlchemy's -1 for "never" is kept as 0. */
const recycle = withFacts(seconds(0, 86_400 * 7), {
  read: (value) => (value === -1 ? 0 : value),
});

const database = section({
  url: key(
    databaseUrl.default(() => new Secret('sqlite:///lumen.db')),
    'Where the data lives. Also spelled `app.database_url`.',
    {
      env: 'DATABASE_URL',
      defaultText: 'sqlite:///lumen.db',
    },
  ),
  poolSize: key(wholeNumber(1, 1000).default(5), 'Connections kept open (PostgreSQL).', {
    unit: 'connections',
  }),
  maxOverflow: key(wholeNumber(0, 1000).default(10), 'Further connections in a burst.', {
    unit: 'connections',
  }),
  poolTimeoutS: key(
    seconds(0.1, 600).default(30),
    'Longest wait for a free connection before 503.',
    {
      yaml: 'pool_timeout',
    },
  ),
  poolRecycleS: key(
    recycle.default(1800),
    'Age at which a connection is replaced. 0 or -1: never.',
    { yaml: 'pool_recycle' },
  ),
  poolPrePing: key(flag.default(true), 'Replace dead connections before anyone notices.'),
});

const trustProxy = withFacts(
  z.union([z.boolean(), z.int().min(1).max(10), z.array(z.string().min(1)).min(1)]),
  {
    allowed: 'true, false, a number of proxies, or a list of addresses',
    read: (value) => {
      const read = readYesOrNo(value);
      return typeof read === 'string' && read !== '' ? [read] : read;
    },
  },
);

export const app = section({
  name: key(name(60).default('Lumen'), 'The name in the header, the title and e-mails.'),
  tagline: key(text(200).default(''), 'One line under the name on the sign-in page.'),
  secretKey: key(
    secret(),
    'Signs session cookies. Changing it ends every session, unless the one before is in previous_secret_keys.',
    {
      reload: 'restart',
      env: 'LUMEN_SECRET_KEY',
      allowed: 'a random text of at least 32 characters',
    },
  ),
  previousSecretKeys: key(
    list(secret(), 5),
    'Earlier secret keys; sessions that began under them go on. Until sessions.lifetime_hours have passed.',
    { reload: 'restart', allowed: 'a list of texts' },
  ),
  encryptionKey: key(
    secret(),
    'Hashes API keys, encrypts provider keys and attachments. When it is changed, the one before goes into previous_encryption_keys.',
    {
      reload: 'restart',
      env: 'LUMEN_ENCRYPTION_KEY',
      allowed: 'a random text of at least 32 characters',
    },
  ),
  apiKeySecret: key(
    secret().default(() => new Secret('')),
    'Hashes API keys in place of encryption_key.',
    { reload: 'restart', env: 'LUMEN_API_KEY_SECRET', defaultText: '= encryption_key' },
  ),
  previousEncryptionKeys: key(
    list(secret(), 5),
    'Earlier encryption keys, still accepted until `lumen doctor` says that they are not needed.',
    { reload: 'restart', allowed: 'a list of texts' },
  ),
  debug: key(
    flag.default(false),
    'Development: allows dev_user, short secrets and plain-http cookies.',
    {
      reload: 'restart',
    },
  ),
  devUser: key(
    devUser.nullable().default(null),
    'Logs in as this e-mail without a login page. Only with debug. Or a mapping with the two keys below.',
  ),
  host: key(name(253).default('0.0.0.0'), 'Address to listen on.', {
    reload: 'restart',
    env: 'LUMEN_HOST',
    defaultText: '0.0.0.0; with debug 127.0.0.1',
  }),
  port: key(wholeNumber(0, 65_535).default(5000), 'Port to listen on. 0: any free one.', {
    reload: 'restart',
    env: 'PORT',
  }),
  trustProxy: key(trustProxy.default(false), 'Proxies whose x-forwarded-* headers are believed.', {
    reload: 'restart',
  }),
  publicUrl: key(
    httpUrl.nullable().default(null),
    'The address people use, for links and ready-made snippets.',
    { defaultText: 'taken from each request' },
  ),
  configEditor: key(
    flag.default(true),
    'false: this file is managed elsewhere and the console shows it read-only.',
  ),
  database: key(database, 'The database and its connections. Also spelled `app.db_pool`.', {
    reload: 'restart',
  }),
});
