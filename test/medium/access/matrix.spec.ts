import { beforeAll, describe, expect, it } from '@jest/globals';
import { AccessService } from '../../../server/src/access/access.service.js';
import { type ModelStanding } from '../../../server/src/access/model-standing.js';
import { ownersOf } from '../../support/access/owners.js';
import {
  type MatrixCase,
  matrixConfiguration,
  type MatrixOptions,
  MODELS,
  OWNERS,
} from '../../support/access/matrix.js';
import { expectedOf, ruleOf, type RuleRow, RULES } from '../../support/access/rules.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

/** Without a version and without defaults, models are allowed. */
const FILES: readonly MatrixOptions[] = [
  { spelling: 'new', globalDefault: 'blocked' },
  { spelling: 'new', globalDefault: 'needs_ack' },
  { spelling: 'old', globalDefault: 'allowed' },
  { spelling: 'old', globalDefault: null },
];

interface Decided extends MatrixCase {
  standing: ModelStanding;
}

describe.each(DIALECTS)('access on %s', (dialect) => {
  describe.each(FILES)('by a file of $spelling words with the default $globalDefault', (file) => {
    const globalDefault = file.globalDefault ?? 'allowed';
    const decided = new Map<RuleRow, Decided[]>();
    let count = 0;

    beforeAll(async () => {
      await using app = await TestApplication.start(dialect, matrixConfiguration(file));
      const access = app.context.get(AccessService);
      for (const { owner, ...id } of await ownersOf(app.context)) {
        const { standings } = await access.standingsOf(id, 'chat');
        const byName = new Map(standings.map((standing) => [standing.entry.id, standing]));
        for (const model of MODELS) {
          const found = { model, owner, globalDefault, standing: byName.get(model.name)! };
          const row = ruleOf(found);
          decided.set(row, [...(decided.get(row) ?? []), found]);
          count += 1;
        }
      }
    }, 60_000);

    it.each(RULES.filter(({ global }) => global === '*' || global === globalDefault))(
      'own $own, groups $groups, model $model, their defaults $groupDefaults, own default $ownDefault, global $global: $result',
      (row) => {
        const cases = decided.get(row) ?? [];
        const said = cases.map(({ standing: { access, decision } }) => [access, decision.rule]);
        expect(said).toEqual(cases.map(expectedOf).map(({ access, rule }) => [access, rule]));
        // Both kinds of owners, with and without each flag of the model.
        expect(cases.length).toBeGreaterThanOrEqual(8);
      },
    );

    it('is decided in every combination', () => {
      expect(count).toBe(MODELS.length * OWNERS.length);
      expect(count).toBe(32_768);
    });
  });
});
