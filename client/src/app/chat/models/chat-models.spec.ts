import { TestBed } from '@angular/core/testing';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aModel } from '../../../testing/fixtures';
import { Dialogs } from '../../ui/dialogs';
import { ChatModels } from './chat-models';

const ASKING = aModel({
  id: 'outside',
  name: 'Outside',
  access: 'needs_ack',
  acknowledgement: { text: 'It **leaves** the campus.', textHash: 'h-1' },
});
const FREE = aModel({ id: 'free', inputCostPerMillion: 0, outputCostPerMillion: 0 });

describe('ChatModels', () => {
  let models: ChatModels;
  let server: FakeServer;
  let opened: unknown[];
  let answer: boolean | undefined;

  beforeEach(async () => {
    localStorage.clear();
    opened = [];
    const dialogs = {
      open: (_load: unknown, { data }: { data: unknown }) => {
        opened.push(data);
        return Promise.resolve(answer);
      },
    };
    TestBed.configureTestingModule({ providers: [{ provide: Dialogs, useValue: dialogs }] });
    server = new FakeServer()
      .on('GET /chat/models', () =>
        json({ models: [aModel(), ASKING, FREE], defaultModel: 'qwen' }),
      )
      .on('POST /api/acknowledgements', () => json({}));
    models = TestBed.inject(ChatModels);
    await models.load();
  });

  it('asks nothing for a model that is allowed', async () => {
    expect(await models.ensureAcknowledged(aModel())).toBe(true);
    expect(opened).toEqual([]);
  });

  it('shows one dialog, however often it is asked at once', async () => {
    answer = true;
    const both = [models.ensureAcknowledged(ASKING), models.ensureAcknowledged(ASKING)];
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(opened).toEqual(['outside']);
  });

  it('asks again after a refusal, not after an agreement', async () => {
    answer = undefined;
    expect(await models.ensureAcknowledged(ASKING)).toBe(false);
    expect(await models.ensureAcknowledged(ASKING)).toBe(false);
    expect(opened).toHaveLength(2);
    await models.acknowledge(ASKING);
    expect(server.seen.at(-1)?.body).toEqual({ model: 'outside', textHash: 'h-1' });
    expect(await models.ensureAcknowledged(ASKING)).toBe(true);
    expect(opened).toHaveLength(2);
  });

  it('takes no agreement for given that the server did not record', async () => {
    server.on('POST /api/acknowledgements', () => refusal(409, 'conflict'));
    await expect(models.acknowledge(ASKING)).rejects.toMatchObject({ status: 409 });
    expect(models.byId('outside')?.access).toBe('needs_ack');
  });

  it('begins with the person’s own default, then the institution’s', () => {
    expect(models.selected()?.id).toBe('qwen');
    models.makeDefault('free');
    expect(models.defaultId()).toBe('free');
    models.show('outside');
    expect(models.selected()?.id).toBe('outside');
    models.show(null);
    expect(models.selected()?.id).toBe('free');
    models.makeDefault(null);
    models.show(null);
    expect(models.selected()?.id).toBe('qwen');
  });

  it('remembers what was chosen, not what a conversation had', () => {
    models.choose('free');
    models.show('outside');
    TestBed.resetTestingModule();
    expect(localStorage.getItem('lumen.model')).toBe('free');
  });

  it('knows what is free', () => {
    expect(models.free().map(({ id }) => id)).toEqual(['free']);
  });
});
