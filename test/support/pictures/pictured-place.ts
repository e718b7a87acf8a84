import { type DataSource } from 'typeorm';
import {
  DAILY,
  HOURLY,
  HOURLY_MODELS,
  MONTHLY,
  THIRDS,
} from '../../../server/src/usage/rollups/rollup-tables.js';
import { User } from '../../../server/src/users/user.entity.js';
import { ConsoleStage } from '../console-stage.js';
import { onDatabaseOf } from '../lumen/server-database.js';
import { type LumenServer } from '../lumen/lumen-server.js';
import {
  type Behaviour,
  chunkText,
  completion,
  DONE,
  status,
  stream,
  usageText,
} from '../scripted-upstream.js';
import { fillUsage, personId } from '../usage/log-of-a-university.js';
import { ANSWER } from './pictured-talk.js';

const HOUR_MS = 3_600_000;
/** Of 27 people, the first three ask most. */
const FIRST_NAMES = 'Ada Jonas Mei Priya Lukas Amina Sofia Tomás Nadia'.split(' ');
const LAST_NAMES = ['Keller', 'Okafor', 'Lindqvist'];

const model = (name: string, description: string, further: object = {}) => ({
  name,
  description,
  access: 'allowed',
  input_cost_per_million: 2,
  output_cost_per_million: 6,
  context_window: 131_072,
  max_output_tokens: 16_384,
  supports_function_calling: true,
  ...further,
});

const MODELS = [
  model('llama-3.3-70b', 'Writing, summarising and questions of every day', {
    knowledge_cutoff: '2023-12',
  }),
  model('qwen3-coder-30b', 'Code: explains, writes and reviews it'),
  model('gemma-3-27b', 'Sees images and reads scanned pages', {
    input_modalities: ['text', 'image'],
    input_cost_per_million: 1,
    output_cost_per_million: 3,
  }),
  model('deepseek-r1-32b', 'Thinks before it answers: mathematics, proofs, planning', {
    supports_reasoning: true,
    output_cost_per_million: 9,
  }),
  model('mistral-small-24b', 'Quick answers in European languages'),
  model('gpt-5-external', 'The largest model; it runs outside the campus', {
    notice: 'Runs **outside** the campus. Nothing personal, nothing unpublished.',
    needs_ack: true,
    ack_message: 'I send nothing personal and nothing unpublished.',
    input_cost_per_million: 20,
    output_cost_per_million: 80,
  }),
];

const GROUPS = `
  staff:
    description: Everyone who teaches, researches or keeps the place running
    rules: [{ field: affiliation, contains: staff@ }]
    max: 100
    refresh: 1
  students:
    description: Everyone who studies here
    rules: [{ field: affiliation, contains: student@ }]
    max: 20
    refresh: 0.2
  physics-lab:
    description: The group that runs the cluster
    max: 500
    refresh: 5
`;

/** Every third studies here; the others work here. */
const NAMES = FIRST_NAMES.flatMap((name) => LAST_NAMES.map((last) => `${name} ${last}`));
const groupOf = (index: number) => (index % 3 === 1 ? 'students' : 'staff');
const budgetOf = (index: number) =>
  groupOf(index) === 'students' ? 'max: 20, refresh: 0.2' : 'max: 100, refresh: 1';
const addressOf = (name: string, index: number) =>
  index === 0
    ? 'user@example.edu'
    : `${name
        .normalize('NFD')
        .replace(/[^A-Za-z ]/g, '')
        .toLowerCase()
        .replace(' ', '.')}@example.edu`;

const EXTRA = `
users:
${NAMES.map((name, index) => `  ${addressOf(name, index)}: { groups: [${groupOf(index)}], ${budgetOf(index)} }`).join('\n')}
upstream: { allow_private: true, probe: { interval_s: 1, timeout_s: 20 } }
`;

const USAGE = { prompt_tokens: 318, completion_tokens: 243, total_tokens: 561 };

/** Lists the models, and says the same whatever it is asked. */
const backend: Behaviour = (request, response) => {
  if (request.path === '/v1/models') {
    const data = MODELS.map(({ name }) => ({ id: name, object: 'model', owned_by: 'vllm' }));
    return status(200, JSON.stringify({ object: 'list', data }))(request, response);
  }
  const isStream = (JSON.parse(request.bytes.toString()) as { stream?: boolean }).stream === true;
  const answer = isStream ? stream(chunkText(ANSWER), usageText(USAGE), DONE) : completion('Done');
  return answer(request, response);
};

/** A university of which pictures can be shown: nobody in it is real, and no page is empty. */
export async function startPicturedPlace(): Promise<ConsoleStage> {
  const stage = await ConsoleStage.start({ modelList: MODELS, groups: GROUPS, extra: EXTRA });
  try {
    stage.upstream.usual = backend;
    stage.names = { user: 'Ada Keller', superadmin: 'Ingrid Solberg' };
    await fillPeople(stage.server);
    await fillConsoles(stage);
    return stage;
  } catch (error) {
    await stage[Symbol.asyncDispose]();
    throw error;
  }
}

async function fillPeople(server: LumenServer): Promise<void> {
  const untilMs = Date.now() - (Date.now() % HOUR_MS) + HOUR_MS;
  const people = NAMES.map((name, index) => ({
    id: personId(index),
    email: addressOf(name, index),
    name,
    issuer: null,
    subject: null,
    isActive: true,
    createdAt: new Date(untilMs - 61 * 24 * HOUR_MS),
    lastLoginAt: new Date(untilMs - (1 + index * 5) * HOUR_MS),
    claims: null,
    grantedRoles: null,
  }));
  const size = { people: people.length, clients: 1, models: MODELS.length };
  await onDatabaseOf(server, async (database) => {
    await database.getRepository(User).insert(people);
    await fillUsage(database, 'sqlite', { ...size, days: 60, requests: 12_000, untilMs });
    await nameModels(database);
  });
}

/** The log is filled with numbered models and backends. */
async function nameModels(database: DataSource): Promise<void> {
  const named = [HOURLY, HOURLY_MODELS, DAILY, THIRDS, MONTHLY].filter(({ keys }) =>
    keys.includes('model'),
  );
  for (const table of ['request_log', ...named.map(({ name }) => name)]) {
    for (const [index, { name }] of MODELS.entries()) {
      await database.query(`UPDATE ${table} SET model = '${name}' WHERE model = 'model-${index}'`);
    }
  }
}

async function fillConsoles(stage: ConsoleStage): Promise<void> {
  const expiresAt = new Date(Date.now() + 90 * 24 * HOUR_MS).toISOString();
  const keys = [
    { name: 'Laptop' },
    { name: 'Jupyter on the cluster', onlyModels: ['qwen3-coder-30b'], expiresAt },
  ];
  for (const key of keys) await stage.send('user', 'POST', '/api/keys', key);
  await stage.send('superadmin', 'POST', '/api/admin/clients', {
    name: 'library-search',
    description: 'Answers questions about the catalogue of the library',
    ownerEmail: 'user@example.edu',
  });
}
