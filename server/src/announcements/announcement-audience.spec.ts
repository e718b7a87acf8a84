import { describe, expect, it } from '@jest/globals';
import { type Announcement } from './announcement.entity.js';
import { shownTo } from './announcement-audience.js';

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));

const announcement = (title: string, more: Partial<Announcement> = {}) =>
  ({
    title,
    severity: 'info',
    audience: 'signed_in',
    groups: [],
    startsAt: at(1),
    endsAt: null,
    ...more,
  }) as Announcement;

const titles = (all: Announcement[], groups: string[] | null, hour = 2) =>
  shownTo(all, groups && new Set(groups), at(hour)).map(({ title }) => title);

describe('who is shown which announcement', () => {
  const all = [
    announcement('to all', { audience: 'everyone' }),
    announcement('to the signed in'),
    announcement('to physicists', { audience: 'groups', groups: ['physics', 'optics'] }),
  ];

  it.each<[string[] | null, string[]]>([
    [null, ['to all']],
    [[], ['to all', 'to the signed in']],
    [['chess'], ['to all', 'to the signed in']],
    [
      ['chess', 'optics'],
      ['to all', 'to the signed in', 'to physicists'],
    ],
  ])('to somebody of the groups %j: %j', (groups, expected) => {
    expect(titles(all, groups)).toEqual(expected);
  });

  it.each<[number, boolean]>([
    [0, false],
    [1, true],
    [4, true],
    [5, false],
  ])('at %i o’clock one from 1 to 5 is shown: %s', (hour, isShown) => {
    const one = announcement('for a while', { endsAt: at(5) });
    expect(titles([one], [], hour)).toEqual(isShown ? ['for a while'] : []);
  });

  it('has the gravest first, then the latest', () => {
    const some = [
      announcement('old', { startsAt: at(0) }),
      announcement('new'),
      announcement('grave', { severity: 'critical', startsAt: at(0) }),
      announcement('warning', { severity: 'warning' }),
    ];
    expect(titles(some, [])).toEqual(['grave', 'warning', 'new', 'old']);
  });
});
