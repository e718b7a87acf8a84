import { aSummary } from '../../../testing/fixtures';
import { chatEventOf } from './chat-event';

describe('chatEventOf', () => {
  it.each([
    ['conversation', JSON.stringify(aSummary()), { kind: 'conversation', data: aSummary() }],
    ['conversation-removed', '{"id":"c-1"}', { kind: 'conversation-removed', data: { id: 'c-1' } }],
    ['folders', '{}', { kind: 'folders', data: null }],
    ['budget', '{}', { kind: 'budget', data: null }],
    ['conversation', '{}', null],
    ['conversation', 'no json', null],
    ['conversation', 'null', null],
    ['news', '{"id":"c-1"}', null],
    [undefined, '{"id":"c-1"}', null],
  ])('reads %s %s', (kind, data, event) => {
    expect(chatEventOf(kind, data)).toEqual(event);
  });
});
