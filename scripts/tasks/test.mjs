import { ALL_PARTS, build } from '../build.mjs';
import { ensureChromium } from '../chromium.mjs';
import { Failure } from '../failure.mjs';
import { ensureHelm } from '../helm.mjs';
import { install } from '../install.mjs';
import { startKeptCommands } from '../kept-commands.mjs';
import { ensureNginx } from '../nginx.mjs';
import { startPostgres } from '../postgres.mjs';
import { ensureRedis } from '../redis.mjs';
import { isStopping } from '../shutdown.mjs';
import { addUp, summaryLine } from '../test-summary.mjs';
import { hasSpecs, KINDS, runKind } from '../test-kinds.mjs';

/** The long figures and the pictures of the documentation have tasks of their own. */
const OWN_TASKS = ['prove', 'screenshots'];
const EVERY_KIND = Object.keys(KINDS).filter((kind) => !OWN_TASKS.includes(kind));

/**
 * What a kind may need, and the environment by which its specs learn of it. What can fail for want of
 * something on the machine comes before the builds, what runs the built server after them.
 */
const PREPARATIONS = {
  chromium: async (progress) => ({ CHROME_PATH: await ensureChromium(progress) }),
  helm: async (progress) => ({ HELM_PATH: await ensureHelm(progress) }),
  redis: async (progress) => ({ REDIS_SERVER_PATH: await ensureRedis(progress) }),
  nginx: async (progress) => ({ NGINX_PATH: await ensureNginx(progress) }),
  postgres: async (progress) => ({ TEST_POSTGRES_URL: await ensurePostgres(progress) }),
  build: (progress) => build(ALL_PARTS, progress),
  commands: async () => ({ TEST_COMMANDS_URL: await startKeptCommands() }),
};

/**
 * `npm test`: sets up what the tests need and runs every kind; `npm run test:<kind> [-- paths]`: one
 * kind, or those of its specs whose path contains one of the words. The last line is the sum.
 */
export async function run({ args, kind, progress }) {
  const kinds = kind ? [kind] : EVERY_KIND.filter((each) => hasSpecs(each));
  if (kind && !hasSpecs(kind)) throw new Failure(`There are no ${kind} specs.`);
  await install(progress);
  const env = await prepare(kinds, progress);
  const results = [];
  for (const each of kinds) {
    progress.say(`\n${each}`);
    results.push(await runKind(each, { patterns: args, env }));
    if (isStopping()) return 1;
  }
  progress.say('');
  kinds.forEach((each, i) => progress.say(`${each}: ${summaryLine(results[i])}`));
  const sum = addUp(results);
  progress.say(summaryLine(sum));
  return sum.failed === 0 ? 0 : 1;
}

/** Brings what these kinds need; answers the environment by which their specs learn of it. */
export async function prepare(kinds, progress) {
  const needs = new Set(kinds.flatMap((each) => KINDS[each].needs));
  const env = {};
  for (const [need, bring] of Object.entries(PREPARATIONS)) {
    if (needs.has(need)) Object.assign(env, await bring(progress));
  }
  return env;
}

const ensurePostgres = async (progress) =>
  process.env.TEST_POSTGRES_URL ??
  (await progress.step('Starting PostgreSQL', () => startPostgres()));
