import { aBudget, aModel } from '../../../testing/fixtures';
import { emptyBudgetFor } from './affordable';

const free = aModel({ inputCostPerMillion: 0, outputCostPerMillion: 0 });
const paid = aModel();

describe('emptyBudgetFor', () => {
  it('finds nothing while there is something left, or nothing is counted', () => {
    expect(emptyBudgetFor(paid, [aBudget({})])).toBeNull();
    expect(emptyBudgetFor(paid, [])).toBeNull();
    expect(emptyBudgetFor(paid, [aBudget({ kind: 'unlimited', balance: '0' })])).toBeNull();
  });

  it('needs coins only for what costs some', () => {
    const coins = aBudget({ balance: '0' });
    expect(emptyBudgetFor(paid, [coins])).toBe(coins);
    expect(emptyBudgetFor(free, [coins])).toBeNull();
  });

  it('takes no coins at all for a refusal', () => {
    const coins = aBudget({ kind: 'blocked', balance: '0' });
    expect(emptyBudgetFor(free, [coins])).toBe(coins);
  });

  it('counts the tokens of one model instead of those for all', () => {
    const all = aBudget({ unit: 'tokens', balance: '0' });
    const own = aBudget({ unit: 'tokens', model: 'qwen', balance: '5' });
    expect(emptyBudgetFor(free, [all])).toBe(all);
    expect(emptyBudgetFor(free, [all, own])).toBeNull();
    expect(emptyBudgetFor(aModel({ id: 'other' }), [all, own])).toBe(all);
  });
});
