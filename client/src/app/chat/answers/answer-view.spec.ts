import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { ApiError } from '../../core/api/api-error';
import { anAnswer } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { Question } from '../conversation/exchange';
import { ChatPreferences } from '../settings/chat-preferences';
import { Answer, type AnswerPiece } from './answer';
import { AnswerView } from './answer-view';
import { chatFailure } from './chat-failure';

const piece = (changes: Partial<AnswerPiece>): AnswerPiece => ({
  content: '',
  reasoning: '',
  ...changes,
});

describe('AnswerView', () => {
  let fixture: ComponentFixture<AnswerView>;
  let answer: Answer;

  const page = () => fixture.nativeElement as HTMLElement;
  const labels = () =>
    [...page().querySelectorAll('button')].map(
      (button) => button.getAttribute('aria-label') ?? button.textContent.trim(),
    );

  beforeEach(async () => {
    localStorage.clear();
    await useLanguage();
    answer = new Answer('qwen', 'Qwen 3');
    fixture = TestBed.createComponent(AnswerView);
    fixture.componentRef.setInput('answer', answer);
    fixture.componentRef.setInput('isLast', true);
    const question = new Question('q-1', null, { content: 'Why?', attachments: [] });
    const exchange = { key: 'q-1', question, answers: [answer], shown: answer };
    fixture.componentRef.setInput('exchange', exchange);
    fixture.detectChanges();
  });

  it('is busy and has nothing to do until it is complete', async () => {
    expect(page().querySelector('[aria-busy=true] app-waiting')).not.toBeNull();
    answer.append([piece({ content: 'Hi' })]);
    fixture.detectChanges();
    await vi.waitFor(() => expect(page().querySelector('p')?.textContent).toBe('Hi'));
    expect(page().querySelector('app-waiting')).toBeNull();
    expect(labels()).toEqual([]);
    answer.end('done');
    fixture.detectChanges();
    expect(page().querySelector('[aria-busy=true]')).toBeNull();
    expect(labels()).toContain('Copy the answer');
    expect(labels()).toContain('Answer again');
  });

  it('offers to go on with an answer that was cut, once the server has it', () => {
    answer.take(anAnswer({ state: 'stopped', content: 'Half' }));
    fixture.detectChanges();
    expect(labels()).toContain('Continue the answer');
  });

  it('waits for the end where somebody wants to read in one piece', async () => {
    TestBed.inject(ChatPreferences).setShownWhenComplete(true);
    answer.append([piece({ content: 'Hi', reasoning: 'Hm.' })]);
    fixture.detectChanges();
    expect(page().querySelector('app-waiting')).not.toBeNull();
    expect(page().querySelector('app-markdown, app-reasoning')).toBeNull();
    answer.end('done');
    fixture.detectChanges();
    await vi.waitFor(() => expect(page().querySelector('app-markdown')).not.toBeNull());
  });

  it('shows what an answer took', () => {
    answer.take(anAnswer());
    answer.measure({ promptTokens: 1000, completionTokens: 200, cost: '0.00612' });
    fixture.detectChanges();
    expect(page().querySelector('.meta')?.textContent).toContain('1,200 tokens · 0.0061 coins');
  });

  it('names who speaks in a heading', () => {
    expect(page().querySelector('h2')?.textContent).toContain('Qwen 3 said');
  });

  it('opens thoughts while they come and folds them when words do', () => {
    const toggle = () => page().querySelector('app-reasoning button')!;
    answer.append([piece({ reasoning: 'Hm.' })]);
    fixture.detectChanges();
    expect(toggle().getAttribute('aria-expanded')).toBe('true');
    answer.append([piece({ content: 'So.' })]);
    fixture.detectChanges();
    expect(toggle().getAttribute('aria-expanded')).toBe('false');
    expect(toggle().textContent).toContain('Thought for 1 s');
  });

  it.each([
    ['length', 'The answer reached its length limit.'],
    ['content_filter', 'The provider’s content filter ended this answer.'],
  ])('says why it ended by %s', (finishReason, note) => {
    answer.append([piece({ content: 'Hi' })]);
    answer.finishReason.set(finishReason);
    answer.end('done');
    fixture.detectChanges();
    expect(page().querySelector('.note')?.textContent).toBe(note);
  });

  it('shows a refusal with the server’s words and the request’s id', () => {
    answer.fail(chatFailure(new ApiError(503, 'x', 'Model qwen is down.', 'r-9')));
    fixture.detectChanges();
    const text = page().querySelector('app-answer-failure')!.textContent;
    expect(text).toContain('The model is not available');
    expect(text).toContain('Model qwen is down.');
    expect(text).toContain('Request r-9');
    expect(labels()).toEqual(['Try again', 'Switch model']);
  });

  it('counts down before trying again is possible', () => {
    vi.useFakeTimers();
    const waiting = TestBed.createComponent(AnswerView);
    answer.fail(chatFailure(new ApiError(429, 'x', '', null, 3)));
    waiting.componentRef.setInput('answer', answer);
    waiting.componentRef.setInput('isLast', true);
    waiting.detectChanges();
    const button = () => waiting.nativeElement.querySelector('app-answer-failure button');
    expect(button().textContent).toContain('Try again in 3 s');
    expect(button().disabled).toBe(true);
    vi.advanceTimersByTime(3000);
    waiting.detectChanges();
    expect(button().disabled).toBe(false);
    waiting.destroy();
    vi.useRealTimers();
  });

  it('offers no way to act on a failure that is not the last word', () => {
    fixture.componentRef.setInput('isLast', false);
    answer.fail(chatFailure(new ApiError(503, 'x', '')));
    fixture.detectChanges();
    expect(labels()).toEqual([]);
  });
});
