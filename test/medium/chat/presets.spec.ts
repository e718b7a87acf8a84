import { describe, expect, it } from '@jest/globals';
import { NO_SETTINGS } from '../../../server/src/chat/conversations/conversation-settings.js';
import { Preset } from '../../../server/src/chat/presets/preset.entity.js';
import { PresetsService } from '../../../server/src/chat/presets/presets.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { personOf } from '../../support/chat/chat-people.js';
import { BEGUN_MS } from '../../support/chat/written-conversations.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const TUTOR = {
  name: 'Tutor',
  model: 'dummy',
  settings: { ...NO_SETTINGS, systemPrompt: 'Ask back.', temperature: 0.3 },
};

describe.each(DIALECTS)('presets on %s', (dialect) => {
  it('are kept, changed as a whole and deleted', async () => {
    await using app = await TestApplication.start(dialect);
    const userId = await personOf(app, 'ada');
    const presets = app.context.get(PresetsService);
    const tutor = await presets.create(userId, TUTOR);
    expect(tutor).toEqual({ id: tutor.id, ...TUTOR });
    const any = await presets.create(userId, { name: 'any', model: null, settings: NO_SETTINGS });
    expect(await presets.list(userId)).toEqual({ presets: [any, tutor] });
    const changed = { name: 'A tutor', model: null, settings: NO_SETTINGS };
    expect(await presets.save(userId, tutor.id, changed)).toEqual({ id: tutor.id, ...changed });
    expect(await presets.list(userId)).toEqual({ presets: [{ id: tutor.id, ...changed }, any] });
    await presets.remove(userId, tutor.id);
    expect(await presets.list(userId)).toEqual({ presets: [any] });
    await expect(presets.remove(userId, tutor.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of another person are not there', async () => {
    await using app = await TestApplication.start(dialect);
    const userId = await personOf(app, 'ada');
    const eve = await personOf(app, 'eve');
    const presets = app.context.get(PresetsService);
    const tutor = await presets.create(userId, TUTOR);
    expect(await presets.list(eve)).toEqual({ presets: [] });
    await expect(presets.save(eve, tutor.id, TUTOR)).rejects.toMatchObject({ code: 'not_found' });
    await expect(presets.remove(eve, tutor.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await presets.list(userId)).toEqual({ presets: [tutor] });
  });

  it('come to an end', async () => {
    await using app = await TestApplication.start(dialect);
    const userId = await personOf(app, 'ada');
    const at = new Date(BEGUN_MS);
    const rows = Array.from({ length: 200 }, () => ({
      id: newId(),
      userId,
      ...TUTOR,
      createdAt: at,
      updatedAt: at,
    }));
    await app.dataSource.manager.insert(Preset, rows);
    const presets = app.context.get(PresetsService);
    await expect(presets.create(userId, TUTOR)).rejects.toMatchObject({ code: 'conflict' });
  });
});
