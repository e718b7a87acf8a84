import { Component, computed, inject } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { QuestionCheck } from '../composer/question-check';
import { coinsText } from './coins';
import { ConversationStore } from './conversation-store';

/** The small print below the field: what to bear in mind, what was spent, how full the memory is. */
@Component({
  selector: 'app-chat-foot',
  template: `
    <p [class.is-empty]="conversation.isEmpty()">
      <span>{{ text().disclaimer }}</span>
      <span class="figures">
        @if (cost(); as coins) {
          <span>{{ text().bar.cost(coins) }}</span>
        }
        @if (check.contextPercent(); as percent) {
          <span>{{ text().context(percent) }}</span>
        }
      </span>
    </p>
  `,
  styles: `
    p {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 12px;
      max-inline-size: 45rem;
      margin: 8px auto 0;
      color: var(--mat-sys-on-surface-variant);
      font: 400 0.75rem/1rem var(--app-font);
      font-variant-numeric: tabular-nums;
    }
    .is-empty {
      justify-content: center;
    }
    .figures {
      display: flex;
      gap: 12px;
    }
  `,
})
export class ChatFoot {
  protected readonly conversation = inject(ConversationStore);
  protected readonly check = inject(QuestionCheck);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly cost = computed(() => {
    const cost = this.conversation.cost();
    return cost === null || Number(cost) === 0 ? null : coinsText(cost, this.i18n.language());
  });
}
