import { Component, computed, inject, input, linkedSignal } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { Markdown } from '../../ui/markdown/markdown';
import { type Answer } from './answer';
import { ScrollFollow } from '../conversation/scroll-follow';

/** What the model thought: open in a small window while it thinks, folded once it answers. */
@Component({
  selector: 'app-reasoning',
  imports: [Icon, Markdown, ScrollFollow],
  template: `
    <button type="button" [attr.aria-expanded]="isOpen()" (click)="isOpen.set(!isOpen())">
      <app-icon name="chevron_right" [class.is-open]="isOpen()" />
      <span>{{ label() }}</span>
      @if (answer().isThinking()) {
        <span class="pulse" aria-hidden="true"></span>
      }
    </button>
    @if (isOpen()) {
      <div
        class="thoughts"
        tabindex="0"
        role="group"
        [attr.aria-label]="text().thought"
        [appScrollFollow]="answer().isThinking()"
        [class.is-live]="answer().isThinking()"
      >
        @defer (on immediate) {
          <app-markdown [text]="answer().reasoning()" [isStreaming]="answer().isThinking()" />
        } @error {
          <p class="as-written" dir="auto">{{ answer().reasoning() }}</p>
        }
      </div>
    }
  `,
  styleUrl: './reasoning.scss',
})
export class Reasoning {
  readonly answer = input.required<Answer>();

  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly isOpen = linkedSignal(() => this.answer().isThinking());
  protected readonly label = computed(() => {
    const answer = this.answer();
    if (answer.isThinking()) return this.text().thinking;
    const seconds = answer.thinkingSeconds();
    return seconds === null
      ? this.text().thought
      : this.text().thoughtFor(Math.max(1, Math.round(seconds)));
  });
}
