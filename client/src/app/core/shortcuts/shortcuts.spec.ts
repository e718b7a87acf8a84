import { Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { Shortcuts } from './shortcuts';

let used: string[] = [];

@Component({ template: '' })
class Page {
  constructor() {
    inject(Shortcuts).bind({
      newChat: () => void used.push('new'),
      stop: () => {
        used.push('stop');
        return false;
      },
    });
  }
}

function press(init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
  return event;
}

const NEW_CHAT = { key: 'O', ctrlKey: true, shiftKey: true };

describe('Shortcuts', () => {
  beforeEach(() => {
    used = [];
  });

  afterEach(() => TestBed.inject(Shortcuts).enable(true));

  it('keeps the key from the browser only if something was done', () => {
    TestBed.createComponent(Page);
    expect(press(NEW_CHAT).defaultPrevented).toBe(true);
    expect(press({ key: 'Escape' }).defaultPrevented).toBe(false);
    expect(used).toEqual(['new', 'stop']);
  });

  it('forgets a page that is gone', () => {
    TestBed.createComponent(Page).destroy();
    press(NEW_CHAT);
    expect(used).toEqual([]);
  });

  it('leaves the keys alone while something modal is open', () => {
    TestBed.createComponent(Page);
    const dialog = document.createElement('div');
    dialog.setAttribute('aria-modal', 'true');
    document.body.append(dialog);
    press(NEW_CHAT);
    dialog.remove();
    expect(used).toEqual([]);
  });

  it('can be switched off, but for Escape', () => {
    TestBed.createComponent(Page);
    TestBed.inject(Shortcuts).enable(false);
    press(NEW_CHAT);
    press({ key: 'Escape' });
    expect(used).toEqual(['stop']);
  });
});
