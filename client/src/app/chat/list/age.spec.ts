import { en } from '../../core/i18n/en';
import { ageOf } from './age';

const TEXTS = { ...en.conversations.ages, date: (iso: string) => iso.slice(0, 10) };
const NOW = Date.parse('2026-11-21T12:00:00.000Z');

describe('ageOf', () => {
  it.each([
    ['2026-11-21T12:00:30.000Z', 'now'],
    ['2026-11-21T11:59:10.000Z', 'now'],
    ['2026-11-21T11:58:59.000Z', '1 min'],
    ['2026-11-21T11:00:01.000Z', '59 min'],
    ['2026-11-21T11:00:00.000Z', '1 h'],
    ['2026-11-20T12:00:00.000Z', '1 d'],
    ['2026-11-14T12:00:01.000Z', '6 d'],
    ['2026-11-14T12:00:00.000Z', '2026-11-14'],
  ])('%s is %s', (iso, text) => {
    expect(ageOf(iso, NOW, TEXTS)).toBe(text);
  });
});
