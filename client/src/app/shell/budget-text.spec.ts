import { aBudget } from '../../testing/fixtures';
import { en } from '../core/i18n/en';
import { refillText, shareLeft, waitText } from './budget-text';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const HOW = { texts: en.shell.budget, number: String };

describe('shareLeft', () => {
  it.each([
    ['31.4', '50', 0.628],
    ['60', '50', 1],
    ['-1', '50', 0],
    ['5', '0', 0],
  ])('%s of %s', (balance, max, share) => {
    expect(shareLeft(aBudget({ balance, max }))).toBeCloseTo(share);
  });
});

describe('refillText', () => {
  it.each([
    [{ nextRefreshAt: '2026-11-21T12:41:01.000Z' }, '+0.1 per hour · next in 42 min'],
    [{ nextRefreshAt: '2026-11-21T11:59:00.000Z' }, '+0.1 per hour · next in 1 min'],
    [{ nextRefreshAt: null, balance: '20' }, 'Full'],
    [{ nextRefreshAt: null, balance: '10' }, ''],
    [{ refresh: '0', nextRefreshAt: null }, ''],
  ])('%j', (changes, text) => {
    expect(refillText(aBudget(changes), NOW, HOW)).toBe(text);
  });
});

describe('waitText', () => {
  it.each([
    ['2026-11-21T13:29:00.000Z', '89 min'],
    ['2026-11-21T13:30:00.000Z', '2 h'],
    ['2026-11-22T12:00:00.000Z', '24 h'],
  ])('%s is %s', (iso, text) => {
    expect(waitText(iso, NOW, en.shell.budget)).toBe(text);
  });
});
