import { Component, computed, inject, input } from '@angular/core';

import { Session } from '../core/auth/session';
import { I18n } from '../core/i18n/i18n';
import { AnchoredDialogs } from '../ui/anchored-dialogs';
import { Icon } from '../ui/icon/icon';

/** Who is signed in; opens what is theirs to set. */
@Component({
  selector: 'app-account-button',
  imports: [Icon],
  template: `
    @let me = session.me();
    <button
      #row
      type="button"
      class="row"
      [class.is-rail]="isRail()"
      aria-haspopup="dialog"
      (click)="open(row)"
    >
      <span class="sr-only">{{ text().account }}</span>
      <span class="avatar" aria-hidden="true">{{ me?.initials }}</span>
      <span class="who" [class.sr-only]="isRail()">
        <span class="name">{{ me?.name || me?.email }}</span>
        @if (me?.name) {
          <span class="email">{{ me?.email }}</span>
        }
      </span>
      @if (!isRail()) {
        <app-icon name="unfold_more" />
      }
    </button>
  `,
  styleUrl: './account-button.scss',
})
export class AccountButton {
  readonly isRail = input(false);

  protected readonly session = inject(Session);
  private readonly dialogs = inject(AnchoredDialogs);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().shell);

  /** The panel's code is loaded when it is first opened. */
  protected async open(origin: HTMLElement): Promise<void> {
    const { AccountPanel } = await import('./account-panel');
    this.dialogs.open(AccountPanel, { origin, label: this.text().account, align: 'start' });
  }
}
