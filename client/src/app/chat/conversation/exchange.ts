import { signal } from '@angular/core';

import { type Attachment, type Message } from '../../core/api/schema';
import { type Answer } from '../answers/answer';

/** What one sends. */
export interface QuestionText {
  content: string;
  attachments: readonly Attachment[];
}

/** A question as it stands in the conversation; another wording of it is another one. */
export class Question implements QuestionText {
  /** The branches at this place, itself among them. */
  readonly siblingIds = signal<readonly string[]>([]);
  /** The server has it. */
  readonly isKept = signal(false);
  readonly content: string;
  readonly attachments: readonly Attachment[];

  constructor(
    readonly id: string,
    /** The answer it follows; null: it begins the conversation. */
    readonly parentId: string | null,
    { content, attachments }: QuestionText,
  ) {
    this.content = content;
    this.attachments = attachments;
  }

  static of(message: Message): Question {
    const question = new Question(message.id, message.parentId, message);
    question.take(message);
    return question;
  }

  take(message: Message): void {
    this.siblingIds.set(message.siblingIds);
    this.isKept.set(true);
  }
}

export type Turn = Question | Answer;

/** A question and what came of it: one answer, none, or several side by side. */
export interface Exchange {
  key: string;
  /** Missing where a conversation from elsewhere begins with an answer. */
  question: Question | null;
  /** In the order in which they were asked for. */
  answers: readonly Answer[];
  /** The one the conversation goes on from. */
  shown: Answer | null;
}

/**
 * Answers that follow each other and were asked for together stand side by side. Exchanges that are
 * as they were are the same objects, so that only what changed is drawn anew.
 */
export function exchangesOf(turns: readonly Turn[], former: readonly Exchange[] = []): Exchange[] {
  const known = new Map(former.map((exchange) => [exchange.key, exchange]));
  return grouped(turns).map((exchange) => {
    const before = known.get(exchange.key);
    return before !== undefined && isSame(before, exchange) ? before : exchange;
  });
}

function isSame(a: Exchange, b: Exchange): boolean {
  return (
    a.question === b.question &&
    a.shown === b.shown &&
    a.answers.length === b.answers.length &&
    a.answers.every((answer, index) => answer === b.answers[index])
  );
}

function grouped(turns: readonly Turn[]): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const turn of turns) {
    const last = exchanges.at(-1);
    if (turn instanceof Question) {
      exchanges.push({ key: turn.id, question: turn, answers: [], shown: null });
    } else if (last !== undefined && belongsTo(last, turn)) {
      exchanges[exchanges.length - 1] = withAnswer(last, turn);
    } else {
      const key = turn.id() ?? 'answer';
      exchanges.push({ key, question: null, answers: [turn], shown: turn });
    }
  }
  return exchanges;
}

function belongsTo({ shown }: Exchange, answer: Answer): boolean {
  if (shown === null) return true;
  return shown.comparisonId() !== null && shown.comparisonId() === answer.comparisonId();
}

function withAnswer(exchange: Exchange, answer: Answer): Exchange {
  const answers = [...exchange.answers, answer];
  const order = answer.siblingIds();
  const place = (of: Answer) => order.indexOf(of.id() ?? '');
  return {
    ...exchange,
    answers: answers.sort((a, b) => place(a) - place(b)),
    shown: exchange.shown ?? answer,
  };
}
