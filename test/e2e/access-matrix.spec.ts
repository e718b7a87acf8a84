import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keysFor } from '../support/access/keys.js';
import {
  matrixConfiguration,
  type MatrixModel,
  type MatrixOptions,
  MODELS,
  OWNERS,
  type Word,
} from '../support/access/matrix.js';
import { expectedOf } from '../support/access/rules.js';
import { configurationText, DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { ScriptedUpstream } from '../support/scripted-upstream.js';

/**
 * The list with acknowledgements has what is allowed, the list without them what needs one too: both
 * together answer every case of the matrix through the API.
 */
const FILES: readonly (MatrixOptions & { globalDefault: Word; consent: boolean })[] = [
  { spelling: 'new', globalDefault: 'blocked', consent: true },
  { spelling: 'old', globalDefault: 'needs_ack', consent: false },
  { spelling: 'old', globalDefault: 'allowed', consent: true },
];
/** Different owners try different models, so that every model is tried. */
const TRIED_EACH = 16;

const STATUSES: Record<Word, [number, string | null]> = {
  allowed: [200, null],
  needs_ack: [403, 'acknowledgement_required'],
  blocked: [403, 'permission_denied'],
};

describe.each(DIALECTS)('the access matrix through /v1 on %s', (dialect) => {
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let keys: string[];
  let databaseUrl: string;

  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    const first = matrixConfiguration({ ...FILES[0]!, upstreamUrl: upstream.url });
    server = await LumenServer.start({ dialect, ...first });
    databaseUrl = /database_url: (.*)/.exec(await server.configuration())![1]!;
    keys = await keysFor(server, OWNERS);
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await upstream[Symbol.asyncDispose]();
  });

  const request = async (owner: number, path: string, body?: unknown) => {
    const answer = await fetch(`${server.url}/v1/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${keys[owner]}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const listed = async (owner: number) => {
    const { body } = await request(owner, 'models');
    return (body['data'] as { id: string }[]).map(({ id }) => id);
  };

  describe.each(FILES)('$spelling words, default $globalDefault, consent $consent', (file) => {
    const expected = (model: MatrixModel, owner: number): Word => {
      const { globalDefault } = file;
      const { access } = expectedOf({ model, owner: OWNERS[owner]!, globalDefault });
      return access === 'needs_ack' && !file.consent ? 'allowed' : access;
    };

    beforeAll(async () => {
      if (file === FILES[0]) return;
      const seen = server.log.length;
      const options = matrixConfiguration({ ...file, upstreamUrl: upstream.url });
      await server.configure(configurationText(databaseUrl, options));
      const isReloaded = (line: Record<string, unknown>) =>
        server.log.indexOf(line) >= seen && String(line['msg']).startsWith('config.yaml reloaded');
      await server.nextLine(isReloaded);
    });

    it('lists to each of 64 owners what they may use, of 512 models', async () => {
      for (const owner of OWNERS.keys()) {
        const models = MODELS.filter((model) => expected(model, owner) === 'allowed');
        expect(await listed(owner)).toEqual(models.map(({ name }) => name));
      }
    });

    it('answers a chat, or refuses it with the reason', async () => {
      for (const owner of OWNERS.keys()) {
        for (let tried = 0; tried < TRIED_EACH; tried += 1) {
          const model = MODELS[(owner * 37 + tried * 32) % MODELS.length]!;
          const messages = [{ role: 'user', content: 'hi' }];
          const { status, body } = await request(owner, 'chat/completions', {
            model: model.name,
            messages,
          });
          const error = body['error'] as { code: string } | undefined;
          const wanted = model.isDisabled
            ? [404, 'model_not_found']
            : STATUSES[expected(model, owner)];
          expect([model.name, status, error?.code ?? null]).toEqual([model.name, ...wanted]);
        }
      }
    });

    it('shows a model to who may use it, and to nobody who is blocked', async () => {
      for (const owner of OWNERS.keys()) {
        const model = MODELS[(owner * 53) % MODELS.length]!;
        const { status } = await request(owner, `models/${model.name}`);
        const wanted = { allowed: 200, needs_ack: 403, blocked: 404 }[expected(model, owner)];
        expect([model.name, status]).toEqual([model.name, wanted]);
      }
    });
  });
});
