import { TestBed } from '@angular/core/testing';

import { tabStore } from '../../core/storage';
import { Draft } from './draft';

describe('Draft', () => {
  beforeEach(() => sessionStorage.clear());

  it('survives a reload', () => {
    TestBed.inject(Draft).set('half a thought');
    TestBed.resetTestingModule();
    expect(TestBed.inject(Draft).text()).toBe('half a thought');
  });

  it('leaves nothing behind when it is empty', () => {
    const draft = TestBed.inject(Draft);
    draft.set('x');
    draft.set('');
    expect(sessionStorage).toHaveLength(0);
  });

  it('gives a message back, but not over a new one', () => {
    const draft = TestBed.inject(Draft);
    expect(draft.restore('sent')).toBe(true);
    draft.set('newer');
    expect(draft.restore('sent')).toBe(false);
    expect(draft.text()).toBe('newer');
  });

  it('gives a message back to where it was written', () => {
    const draft = TestBed.inject(Draft);
    draft.use('c-1');
    draft.set('elsewhere');
    expect(draft.restore('sent', 'new')).toBe(true);
    expect(draft.restore('another', 'new')).toBe(false);
    expect(draft.text()).toBe('elsewhere');
    draft.use(null);
    expect(draft.text()).toBe('sent');
  });

  it('has one for each conversation', () => {
    const draft = TestBed.inject(Draft);
    draft.set('for a new chat');
    draft.use('c-1');
    expect(draft.text()).toBe('');
    draft.set('for this one');
    draft.use(null);
    expect(draft.text()).toBe('for a new chat');
    draft.use('c-1');
    expect(draft.text()).toBe('for this one');
  });

  it('goes along when the new chat gets its id', () => {
    const draft = TestBed.inject(Draft);
    draft.set('typed meanwhile');
    draft.adopt('c-1');
    expect(draft.text()).toBe('typed meanwhile');
    draft.use(null);
    expect(draft.text()).toBe('');
  });

  it('works where storage is blocked', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked');
    });
    const draft = TestBed.inject(Draft);
    expect(() => draft.set('x')).not.toThrow();
    expect(draft.text()).toBe('x');
    vi.restoreAllMocks();
  });

  it('is forgotten with everything else of the tab', () => {
    TestBed.inject(Draft).set('x');
    sessionStorage.setItem('of someone else', 'y');
    tabStore.clear();
    expect(Object.keys(sessionStorage)).toEqual(['of someone else']);
  });
});
