import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runLumenQuickly } from '../support/lumen/lumen-command.js';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { FakeUpstream } from '../support/upstream/fake-upstream.js';

const DOCUMENTS = ['docs/operations.md', 'docs/upgrading.md'];
/** What stands in the documents for a place of the operator's own. */
const THEIR_FOLDER = '/var/backups/lumen';
const COMMAND = /(?:^|`|&& )\.\/lumen ([^`|&>\n]+)/gm;
/** These are run where they are tested: they stop what is served, or want what only a restore has. */
const NOT_HERE = /^(?:start|restore)\b/;

/** Each command of the runbook once, in the order in which a reader meets them. */
function commandsOfRunbook(): string[] {
  const texts = DOCUMENTS.map((file) => readFileSync(file, 'utf8'));
  const found = texts.flatMap((text) =>
    [...text.matchAll(COMMAND)].map(([, line]) => line!.trim()),
  );
  return [...new Set(found)].filter((line) => !NOT_HERE.test(line));
}

describe('the runbook', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;

  beforeAll(async () => {
    const upstream = running.use(await FakeUpstream.start());
    const models = modelWith('m', { url: upstream.url, model: 'upstream-name' });
    const extra = 'superadmins: [chief@example.edu]';
    const groups = '  staff: { max: 1 }';
    server = running.use(await LumenServer.prepare({ models, groups, extra }));
    await server.command('db', 'upgrade');
    await server.createKey('ada@example.edu');
    await server.command('clients', 'create', 'crawler');
  }, 60_000);
  afterAll(() => running.disposeAsync());

  it('has commands that do what they say, one after the other', async () => {
    const commands = commandsOfRunbook();
    expect(commands.length).toBeGreaterThan(15);
    const failed: string[] = [];
    for (const command of commands) {
      // The client of the runbook is there already: the command after it needs one.
      const line = command.replace('clients create crawler', 'clients create harvester');
      const args = line.replace(THEIR_FOLDER, 'kept').split(/ +/);
      const { code, stderr } = await runLumenQuickly(args, server.directory, server.environment);
      if (code !== 0) failed.push(`${command}: ${stderr}`);
    }
    expect(failed).toEqual([]);
  }, 60_000);
});
