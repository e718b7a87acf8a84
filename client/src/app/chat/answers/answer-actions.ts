import { Component, ElementRef, computed, inject, input, output, viewChild } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';

import { I18n } from '../../core/i18n/i18n';
import { AnchoredDialogs } from '../../ui/anchored-dialogs';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon/icon';
import { type Answer } from './answer';
import { AnswerDetails } from './answer-details';

/** What one can do with an answer, and what it took. */
@Component({
  selector: 'app-answer-actions',
  imports: [CopyButton, Icon, MatIconButton, MatTooltip],
  template: `
    @if (answer().hasWords()) {
      <app-copy-button [text]="answer().content()" [label]="text().copyAnswer" />
    }
    @if (canRegenerate()) {
      <button
        matIconButton
        type="button"
        [attr.aria-label]="text().regenerate"
        [matTooltip]="text().regenerate"
        (click)="again.emit()"
      >
        <app-icon name="refresh" />
      </button>
    }
    <button #meta type="button" class="meta" aria-haspopup="dialog" (click)="showDetails()">
      <span class="sr-only">{{ text().details.open }}</span>
      @if (summary() === '') {
        <app-icon name="info" />
      } @else {
        {{ summary() }}
      }
    </button>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px;
      margin-inline-start: -10px;
      color: var(--mat-sys-on-surface-variant);
    }
    .meta {
      min-block-size: 40px;
      margin-inline-start: 4px;
      padding-inline: 8px;
      border: 0;
      border-radius: 8px;
      background: none;
      color: inherit;
      font: 400 12px/16px var(--app-font);
      font-variant-numeric: tabular-nums;
      cursor: pointer;
    }
    .meta:hover {
      color: var(--mat-sys-on-surface);
      text-decoration: underline;
    }
  `,
})
export class AnswerActions {
  readonly answer = input.required<Answer>();
  readonly canRegenerate = input(false);
  readonly again = output<void>();

  private readonly dialogs = inject(AnchoredDialogs);
  private readonly i18n = inject(I18n);
  private readonly meta = viewChild.required<ElementRef<HTMLElement>>('meta');

  protected readonly text = computed(() => this.i18n.text().chat);
  /** Tokens and speed, as far as they are known. */
  protected readonly summary = computed(() => {
    const usage = this.answer().usage();
    const speed = this.answer().tokensPerSecond();
    const tokens = usage === null ? '' : this.text().tokens(usage.input + usage.output);
    const pace = speed === null ? '' : this.text().speed(Math.round(speed));
    return [tokens, pace].filter((part) => part !== '').join(' · ');
  });

  protected showDetails(): void {
    this.dialogs.open(AnswerDetails, {
      origin: this.meta().nativeElement,
      label: this.text().details.title,
      align: 'start',
      data: this.answer(),
    });
  }
}
