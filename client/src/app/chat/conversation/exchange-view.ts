import {
  Component,
  ElementRef,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { CopyButton } from '../../ui/copy-button';
import { AnswerView } from '../answers/answer-view';
import { type Exchange } from './conversation-store';

/** A question as a bubble on the right, its answer below as plain text. */
@Component({
  selector: 'app-exchange',
  imports: [AnswerView, CopyButton],
  templateUrl: './exchange-view.html',
  styleUrl: './exchange-view.scss',
  host: { '[class.is-last]': 'isLast()' },
})
export class ExchangeView {
  readonly exchange = input.required<Exchange>();
  readonly isLast = input(false);
  readonly canRetry = input(true);
  readonly again = output<void>();
  readonly switchModel = output<void>();
  readonly startNew = output<void>();

  private readonly bubble = viewChild.required<ElementRef<HTMLElement>>('bubble');
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat);
  /** More than eight lines: it is folded until someone asks for all of it. */
  protected readonly isLong = signal(false);
  protected readonly isUnfolded = signal(false);
  protected readonly isFolded = computed(() => this.isLong() && !this.isUnfolded());

  constructor() {
    afterNextRender(() => {
      const { scrollHeight } = this.bubble().nativeElement;
      this.isLong.set(scrollHeight > MAX_HEIGHT + SLACK);
    });
  }
}

/** Eight lines of 26 px and the bubble's padding; one line more is not worth a button. */
const MAX_HEIGHT = 8 * 26 + 20;
const SLACK = 26;
