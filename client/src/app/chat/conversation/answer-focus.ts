import { DOCUMENT, Injector, Service, afterNextRender, effect, inject } from '@angular/core';

import { ConversationStore } from './conversation-store';
import { type Exchange } from './exchange';

/**
 * Keeps the focus of those who ask for another answer with it: what they pressed is gone until the
 * answer is there. Meanwhile its heading has the focus, then what they pressed. Who has gone elsewhere
 * stays there.
 */
@Service()
export class AnswerFocus {
  private readonly store = inject(ConversationStore);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);

  /** `step` asks for the answer, and may end without one. */
  keep(step: Promise<void>, { key }: Exchange): void {
    if (this.isNowhere()) return;
    const exchange = `[data-turns="${CSS.escape(key)}"]`;
    let hasBegun = false;
    const watch = effect(
      () => {
        if (this.store.isAnswering()) {
          hasBegun = true;
          this.move(`${exchange} app-answer-view h2`);
        } else if (hasBegun) {
          watch.destroy();
          this.move(`${exchange} .again, ${exchange} app-answer-failure button`, `${exchange} h2`);
        }
      },
      { injector: this.injector },
    );
    void step.finally(() => {
      if (!hasBegun) watch.destroy();
    });
  }

  /** Where nothing else has the focus, or what matches `from`. */
  private move(to: string, from?: string): void {
    const move = () => {
      const { activeElement } = this.document;
      const isHere = from !== undefined && activeElement?.matches(from);
      if (!isHere && !this.isNowhere()) return;
      this.document.querySelector<HTMLElement>(to)?.focus({ preventScroll: true });
    };
    afterNextRender(move, { injector: this.injector });
  }

  private isNowhere(): boolean {
    const { activeElement, body } = this.document;
    return activeElement === null || activeElement === body;
  }
}
