import { computed, signal } from '@angular/core';

import { type ApiError } from '../../core/api/api-error';
import {
  type Asked,
  type Conversation,
  type ConversationSettings,
  type Message,
  type MessagePage,
} from '../../core/api/schema';
import { Answer } from '../answers/answer';
import { type Exchange, Question, type Turn, exchangesOf } from './exchange';

export const PLAIN_SETTINGS: ConversationSettings = {
  systemPrompt: null,
  temperature: null,
  maxOutputTokens: null,
  reasoningEffort: null,
};

/** Names a model as people know it. */
export type NameModel = (id: string) => string;

/** A conversation as this page shows it: one branch of it, from the newest turns back. */
export class ShownConversation {
  /** Null: it is new, or a temporary chat. */
  readonly id = signal<string | null>(null);
  /** What the server knows of it; null until it has said so. */
  readonly kept = signal<Conversation | null>(null);
  readonly settings = signal<ConversationSettings>(PLAIN_SETTINGS);
  readonly folderId = signal<string | null>(null);
  readonly isLoading = signal(false);
  readonly failure = signal<ApiError | null>(null);
  readonly hasEarlier = signal(false);

  private readonly state = signal<readonly Turn[]>([]);
  /** How it was before something was tried that the server has not accepted yet. */
  private former: readonly Turn[] | null = null;
  private isOnItsWay = false;
  /** How often something was tried. */
  private tries = 0;

  private drawn: readonly Exchange[] = [];

  readonly turns = this.state.asReadonly();
  readonly exchanges = computed(() => (this.drawn = exchangesOf(this.state(), this.drawn)));
  readonly answers = computed(() => this.state().filter((turn) => turn instanceof Answer));
  readonly isAnswering = computed(() => this.answers().some((answer) => answer.isRunning()));

  constructor(
    id: string | null = null,
    readonly isTemporary = false,
  ) {
    this.id.set(id);
  }

  /**
   * Shows the newest turns of a branch as the server has them; older ones that are shown already
   * and lead there stay. Turns that are known stay the same objects.
   */
  renew({ messages, hasEarlier }: MessagePage, nameModel: NameModel): void {
    const first = messages[0]?.id ?? null;
    const place = this.state().findIndex((turn) => idOf(turn) === first);
    const earlier = this.state().slice(0, Math.max(0, place));
    this.settle();
    if (earlier.length === 0) this.hasEarlier.set(hasEarlier);
    this.state.set([...earlier, ...this.turnsOf(messages, nameModel)]);
  }

  /** Adds older turns of the branch. */
  prepend(messages: readonly Message[], nameModel: NameModel): void {
    const earlier = this.turnsOf(messages, nameModel);
    this.state.update((turns) => [...earlier, ...turns]);
    if (this.former !== null) this.former = [...earlier, ...this.former];
  }

  /** Puts turns after one of the branch, in place of what followed it; null: at the beginning. */
  tryAfter(turn: Turn | null, added: readonly Turn[]): void {
    this.former ??= this.state();
    this.isOnItsWay = true;
    this.tries += 1;
    this.state.update((turns) => [...turns.slice(0, turns.indexOf(turn as Turn) + 1), ...added]);
  }

  /** The server has accepted what was tried. */
  accept({ question, answers }: Asked, tried: { question: Question; answers: readonly Answer[] }) {
    this.settle();
    tried.question.take(question);
    answers.forEach((message, index) => tried.answers[index]?.take(message));
  }

  /** Takes back what was tried and refused. */
  revert(): void {
    if (this.former !== null) this.state.set(this.former);
    this.settle();
  }

  /** Nobody is to accept it: what was tried stays. */
  settle(): void {
    this.former = null;
    this.isOnItsWay = false;
  }

  /** It was refused, or its way was lost: what was tried is shown until it is taken back. */
  refuse(): void {
    this.isOnItsWay = false;
  }

  /** Something is on its way to the server. */
  isTrying(): boolean {
    return this.isOnItsWay;
  }

  /** Something is shown that the server has not accepted. */
  hasTried(): boolean {
    return this.former !== null;
  }

  /** The newest question, if the server is not known to have it. */
  unsent(): Question | null {
    const question = this.exchanges().at(-1)?.question ?? null;
    return question === null || question.isKept() ? null : question;
  }

  /**
   * To be asked for before the server's copy is read: says afterwards whether that may be shown, or
   * something was tried here that it may not have yet.
   */
  untouched(): () => boolean {
    const tries = this.tries;
    return () => !this.isOnItsWay && this.tries === tries;
  }

  /** The conversation goes on from this answer; what followed another is not shown any more. */
  goOnFrom(answer: Answer): void {
    const { answers } = this.exchanges().find((one) => one.answers.includes(answer))!;
    const others = answers.filter((other) => other !== answer);
    const isBefore = (turn: Turn) => turn instanceof Question || !answers.includes(turn);
    const first = this.state().findIndex((turn) => !isBefore(turn));
    this.state.update((turns) => [...turns.slice(0, first), answer, ...others]);
  }

  /** What a further question follows. */
  last(): Turn | null {
    const exchange = this.exchanges().at(-1);
    return exchange?.shown ?? exchange?.question ?? null;
  }

  /** Takes over which branches there are at the places that are shown. */
  noteBranches(messages: readonly Message[]): void {
    for (const { siblingIds } of messages) {
      const turn = this.state().find((one) => siblingIds.includes(idOf(one) ?? ''));
      turn?.siblingIds.set(siblingIds);
    }
  }

  /** The turn with an id, if it is shown. */
  turn(id: string | null): Turn | null {
    if (id === null) return null;
    return this.state().find((turn) => idOf(turn) === id) ?? null;
  }

  private turnsOf(messages: readonly Message[], nameModel: NameModel): Turn[] {
    return messages.map((message) => this.turnOf(message, nameModel));
  }

  private turnOf(message: Message, nameModel: NameModel): Turn {
    const known = this.turn(message.id);
    if (message.role === 'user') {
      if (!(known instanceof Question)) return Question.of(message);
      known.take(message);
      return known;
    }
    const model = message.model ?? '';
    const answer = known instanceof Answer ? known : new Answer(model, nameModel(model));
    // What is streamed here is ahead of what the server has kept so far.
    if (known instanceof Answer && known.isRunning() && message.state === 'writing') {
      known.siblingIds.set(message.siblingIds);
    } else answer.take(message);
    return answer;
  }
}

export function idOf(turn: Turn | null): string | null {
  if (turn === null) return null;
  return turn instanceof Question ? turn.id : turn.id();
}
