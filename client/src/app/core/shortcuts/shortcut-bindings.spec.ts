import { TestBed } from '@angular/core/testing';

import { ShortcutBindings } from './shortcut-bindings';
import { SHORTCUTS } from './shortcut-keys';
import { faultOf } from './shortcut-rules';

const FREE = { key: 'y', ctrl: true, shift: true };
const bindings = () => TestBed.inject(ShortcutBindings);
/** What a page opened later finds. */
const reopened = () => {
  TestBed.resetTestingModule();
  return bindings();
};

describe('faultOf', () => {
  it.each(Object.values(SHORTCUTS).filter(({ key }) => key !== 'arrowup'))(
    'finds nothing wrong with %j of the design, but for what is fixed',
    (combination) => {
      const isStop = combination.key === 'escape' && combination.shift === false;
      expect(faultOf(combination)).toBe(isStop ? 'typing' : null);
    },
  );

  it.each([
    [{ key: 'a' }, 'typing'],
    [{ key: 'a', shift: true }, 'typing'],
    [{ key: 'tab' }, 'typing'],
    [{ key: 'q', ctrl: true, alt: true }, 'typing'],
    [{ key: 'c', ctrl: true }, 'editing'],
    [{ key: 'enter', ctrl: true }, 'editing'],
    [{ key: 't', ctrl: true }, 'browser'],
    [{ key: 'n', ctrl: true, shift: true }, 'browser'],
    [{ key: 'f5' }, 'browser'],
    [{ key: 'arrowleft', alt: true }, 'browser'],
  ])('of %j is %s', (combination, fault) => {
    expect(faultOf(combination)).toBe(fault);
  });
});

describe('ShortcutBindings', () => {
  beforeEach(() => localStorage.clear());

  it('keeps other keys, and none', () => {
    expect(bindings().rebind('newChat', FREE)).toBeNull();
    expect(bindings().rebind('search', null)).toBeNull();
    const { keys, isChanged } = reopened();
    expect(keys()).toMatchObject({ newChat: FREE, search: null, pickModel: SHORTCUTS.pickModel });
    expect(isChanged.call(bindings(), 'newChat')).toBe(true);
  });

  it('refuses what another shortcut has, until that one lets go of it', () => {
    expect(bindings().rebind('newChat', SHORTCUTS.search)).toEqual({ takenBy: 'search' });
    bindings().rebind('search', null);
    expect(bindings().rebind('newChat', SHORTCUTS.search)).toBeNull();
  });

  it('refuses what is in the way of typing', () => {
    expect(bindings().rebind('newChat', { key: 'x' })).toEqual({ fault: 'typing' });
    expect(bindings().keys().newChat).toEqual(SHORTCUTS.newChat);
  });

  it('forgets a change that is none, and all of them', () => {
    bindings().rebind('newChat', FREE);
    bindings().rebind('newChat', SHORTCUTS.newChat);
    expect(bindings().hasChanges()).toBe(false);
    bindings().rebind('newChat', FREE);
    bindings().reset();
    expect(reopened().keys()).toEqual(SHORTCUTS);
  });

  it.each([
    '{',
    'null',
    '[1]',
    '{"newChat":1}',
    '{"newChat":{"key":5}}',
    '{"newChat":{"key":"x"}}',
    '{"stop":null}',
    '{"constructor":null}',
  ])('does not trust what is stored: %s', (stored) => {
    localStorage.setItem('lumen.shortcut-keys', stored);
    expect(bindings().keys()).toEqual(SHORTCUTS);
  });
});
