import { TestBed } from '@angular/core/testing';

import { FakeServer, json } from '../../testing/fake-server';
import { aBudget, aMe } from '../../testing/fixtures';
import { useLanguage } from '../../testing/language';
import { type Budget } from '../core/api/schema';
import { Budgets } from '../core/budgets/budgets';
import { BudgetMeter } from './budget-meter';

describe('BudgetMeter', () => {
  let server: FakeServer;

  async function show(budgets: Budget[], isRail = false): Promise<HTMLElement> {
    server.on('GET /api/me', () => json({ ...aMe(), budgets }));
    await TestBed.inject(Budgets).refresh();
    const fixture = TestBed.createComponent(BudgetMeter);
    fixture.componentRef.setInput('isRail', isRail);
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }

  beforeEach(async () => {
    server = new FakeServer();
    await useLanguage();
  });

  it('says how much is left, to the eye and to the ear', async () => {
    const page = await show([aBudget({ balance: '31.4', max: '50' })]);
    const meter = page.querySelector('[role=meter]');
    expect(page.querySelector('.amount')?.textContent).toBe('31.40 / 50');
    expect(meter?.getAttribute('aria-label')).toBe('Budget');
    expect(meter?.getAttribute('aria-valuetext')).toBe('31.40 of 50 coins left');
    expect(meter?.getAttribute('aria-valuenow')).toBe('31.4');
    expect(page.querySelector('.is-low')).toBeNull();
  });

  it('says when it gets scarce', async () => {
    const page = await show([aBudget({ balance: '3', max: '50' })]);
    expect(page.querySelector('.is-low')).not.toBeNull();
  });

  it.each([
    ['unlimited', 'Unlimited'],
    ['blocked', 'None'],
  ] as const)('has no bar where there is nothing to measure: %s', async (kind, word) => {
    const page = await show([aBudget({ kind })]);
    expect(page.querySelector('[role=meter]')).toBeNull();
    expect(page.textContent).toContain(word);
  });

  it('shows those of all models, or else those of single ones', async () => {
    const single = aBudget({ unit: 'tokens', model: 'qwen' });
    expect((await show([aBudget(), single])).textContent).not.toContain('qwen');
    expect((await show([single])).textContent).toContain('qwen');
  });

  it('is a ring in the rail, with its numbers', async () => {
    const page = await show([aBudget({ balance: '31.4', max: '50' })], true);
    const ring = page.querySelector('.ring');
    expect(ring?.getAttribute('aria-valuetext')).toBe('31.40 of 50 coins left');
  });

  it('shows nothing while nothing is known', async () => {
    const fixture = TestBed.createComponent(BudgetMeter);
    await fixture.whenStable();
    expect((fixture.nativeElement as HTMLElement).textContent.trim()).toBe('');
  });
});
