import { aMessage, anAnswer } from '../../../testing/fixtures';
import { type Message } from '../../core/api/schema';
import { Answer } from '../answers/answer';
import { Question } from './exchange';
import { ShownConversation, idOf } from './shown-conversation';

const nameModel = (id: string) => id.toUpperCase();

describe('ShownConversation', () => {
  let shown: ShownConversation;

  const show = (messages: Message[], hasEarlier = false) =>
    shown.renew({ messages, hasEarlier }, nameModel);
  const ids = () => shown.turns().map(idOf);
  const asked = (id: string) => new Question(id, 'a-1', { content: id, attachments: [] });

  beforeEach(() => {
    shown = new ShownConversation('c-1');
    show([aMessage(), anAnswer()]);
  });

  it('puts an answer to its question', () => {
    const [exchange] = shown.exchanges();
    expect(exchange?.question?.content).toBe('Why?');
    expect(exchange?.shown?.content()).toBe('Because.');
    expect(exchange?.shown?.modelName).toBe('QWEN');
  });

  it('puts answers of one comparison side by side, in the order they were asked for', () => {
    const siblingIds = ['a-1', 'a-2'];
    const pair = { comparisonId: 'x', siblingIds };
    show([aMessage(), anAnswer({ id: 'a-2', ...pair }), anAnswer({ id: 'a-1', ...pair })]);
    const [exchange] = shown.exchanges();
    expect(exchange?.answers.map((answer) => answer.id())).toEqual(['a-1', 'a-2']);
    expect(exchange?.shown?.id()).toBe('a-2');
    expect(idOf(shown.last())).toBe('a-2');
  });

  it('shows an answer without a question, as an imported conversation may begin', () => {
    show([anAnswer({ id: 'a-0', parentId: null }), aMessage({ parentId: 'a-0' })]);
    expect(shown.exchanges().map(({ question }) => question?.id ?? null)).toEqual([null, 'q-1']);
  });

  it('keeps turns that are known the same objects, so that nothing is drawn anew', () => {
    const before = shown.turns();
    show([aMessage({ siblingIds: ['q-0', 'q-1'] }), anAnswer(), aMessage({ id: 'q-2' })]);
    expect(shown.turns().slice(0, 2)).toEqual(before);
    expect(shown.turns()[0]!.siblingIds()).toEqual(['q-0', 'q-1']);
  });

  it('does not put the server’s copy over what has been streamed since', () => {
    show([aMessage(), anAnswer({ state: 'writing', content: 'Be', finishReason: null })]);
    const [answer] = shown.answers();
    answer!.append([{ content: 'cause', reasoning: '' }]);
    show([aMessage(), anAnswer({ state: 'writing', content: 'Be', finishReason: null })]);
    expect(answer!.content()).toBe('Because');
  });

  it('keeps older turns when the newest are shown anew', () => {
    shown.prepend([aMessage({ id: 'q-0' }), anAnswer({ id: 'a-0' })], nameModel);
    show([aMessage(), anAnswer(), aMessage({ id: 'q-2' })], true);
    expect(ids()).toEqual(['q-0', 'a-0', 'q-1', 'a-1', 'q-2']);
    expect(shown.hasEarlier()).toBe(false);
  });

  it('takes back what was tried', () => {
    shown.tryAfter(shown.turn('a-1'), [asked('q-2'), new Answer('qwen', 'Qwen')]);
    expect(ids()).toEqual(['q-1', 'a-1', 'q-2', null]);
    shown.revert();
    expect(ids()).toEqual(['q-1', 'a-1']);
  });

  it('begins anew where something is tried at the beginning', () => {
    shown.tryAfter(null, [asked('q-9')]);
    expect(ids()).toEqual(['q-9']);
    shown.revert();
    expect(ids()).toEqual(['q-1', 'a-1']);
  });

  it('notes branches that were begun elsewhere', () => {
    shown.noteBranches([anAnswer({ id: 'a-9', siblingIds: ['a-1', 'a-9'] })]);
    expect(shown.answers()[0]!.siblingIds()).toEqual(['a-1', 'a-9']);
  });
});
