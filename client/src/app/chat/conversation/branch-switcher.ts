import { Component, computed, inject, input } from '@angular/core';
import { MatIconButton } from '@angular/material/button';

import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { TurnActions } from './turn-actions';

/** ‹ 2/3 ›: which of the branches at this place is shown. */
@Component({
  selector: 'app-branch-switcher',
  imports: [Icon, MatIconButton],
  template: `
    <button
      matIconButton
      type="button"
      data-step="-1"
      disabledInteractive
      [disabled]="place() === 0"
      [attr.aria-label]="text().previous"
      (click)="go(-1)"
    >
      <app-icon name="chevron_left" />
    </button>
    <span class="place" aria-hidden="true">{{ place() + 1 }}/{{ count() }}</span>
    <button
      matIconButton
      type="button"
      data-step="1"
      disabledInteractive
      [disabled]="place() === count() - 1"
      [attr.aria-label]="text().next"
      (click)="go(1)"
    >
      <app-icon name="chevron_right" />
    </button>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
    }
    .place {
      min-inline-size: 28px;
      font: 400 0.75rem/1rem var(--app-font);
      font-variant-numeric: tabular-nums;
      text-align: center;
    }
  `,
  host: {
    role: 'group',
    '[attr.aria-label]': 'text().label(place() + 1, count())',
    '[attr.data-branch]': 'id()',
  },
})
export class BranchSwitcher {
  /** The branches, oldest first. */
  readonly siblingIds = input.required<readonly string[]>();
  /** The one that is shown; one the server has not taken yet is the newest. */
  readonly id = input.required<string | null>();

  private readonly actions = inject(TurnActions);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat.branches);
  private readonly isKnown = computed(() => this.siblingIds().includes(this.id() ?? ''));
  protected readonly count = computed(() => this.siblingIds().length + (this.isKnown() ? 0 : 1));
  protected readonly place = computed(() =>
    this.isKnown() ? this.siblingIds().indexOf(this.id() ?? '') : this.count() - 1,
  );

  protected go(step: number): void {
    const place = this.place() + step;
    const id = this.siblingIds()[place];
    if (id === undefined) return;
    const label = this.text().label(place + 1, this.siblingIds().length);
    void this.actions.switchBranch(id, { step, label });
  }
}
