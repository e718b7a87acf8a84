import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Service, inject } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { type Answer } from './answer';

/** Tells screen readers that an answer began and how it ended, never what is streamed. */
@Service()
export class AnswerAnnouncer {
  private readonly announcer = inject(LiveAnnouncer);
  private readonly i18n = inject(I18n);

  began(): void {
    void this.announcer.announce(this.text().started, 'polite');
  }

  ended(answer: Answer): void {
    const text = this.text();
    const failure = answer.failure();
    if (failure !== null) {
      const reason = this.i18n.text().chat.errors[failure.kind];
      void this.announcer.announce(text.failed(reason), 'assertive');
    } else if (answer.state() === 'stopped') {
      void this.announcer.announce(text.stopped, 'polite');
    } else {
      const message = text.complete(countWords(answer.content()));
      const isCompared = answer.comparisonId() !== null;
      const named = isCompared ? `${answer.modelName}: ${message}` : message;
      void this.announcer.announce(named, 'polite');
    }
  }

  private text() {
    return this.i18n.text().chat.announce;
  }
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
