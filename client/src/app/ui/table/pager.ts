import { Component, computed, inject, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../icon/icon';

/** Below a list that the server hands out page by page. */
@Component({
  selector: 'app-pager',
  imports: [Icon, MatIconButton],
  template: `
    <p role="status">{{ range() }}</p>
    <button
      matIconButton
      type="button"
      [attr.aria-label]="words().previousPage"
      [disabled]="page() <= 1"
      [disabledInteractive]="true"
      (click)="page() > 1 && turned.emit(page() - 1)"
    >
      <app-icon name="chevron_left" />
    </button>
    <button
      matIconButton
      type="button"
      [attr.aria-label]="words().nextPage"
      [disabled]="isLast()"
      [disabledInteractive]="true"
      (click)="!isLast() && turned.emit(page() + 1)"
    >
      <app-icon name="chevron_right" />
    </button>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      justify-content: end;
      gap: 4px;
    }
    p {
      margin: 0 8px 0 0;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class Pager {
  /** From 1. */
  readonly page = input.required<number>();
  readonly pageSize = input.required<number>();
  readonly total = input.required<number>();
  readonly turned = output<number>();

  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly isLast = computed(() => this.page() * this.pageSize() >= this.total());
  protected readonly range = computed(() => {
    const first = Math.min((this.page() - 1) * this.pageSize() + 1, this.total());
    const last = Math.min(this.page() * this.pageSize(), this.total());
    const [from, to, total] = [first, last, this.total()].map((n) => this.i18n.number(n));
    return this.words().rows(from!, to!, total!);
  });
}
