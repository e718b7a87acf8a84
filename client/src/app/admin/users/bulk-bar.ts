import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { type ListedUser } from '../../core/api/schema';
import { Dialogs } from '../../ui/dialogs';
import { Icon } from '../../ui/icon/icon';
import { BULK_ACTIONS, type BulkAction } from './bulk-actions';

/** What can be done to the people who are chosen. */
@Component({
  selector: 'app-bulk-bar',
  imports: [Icon, MatButton, MatIconButton],
  template: `
    <p role="status">{{ text().selected(users().length) }}</p>
    @for (action of actions; track action) {
      <button matButton type="button" (click)="open(action)">{{ text().actions[action] }}…</button>
    }
    <button
      matIconButton
      type="button"
      [attr.aria-label]="text().clearSelection"
      (click)="cleared.emit()"
    >
      <app-icon name="close" />
    </button>
  `,
  styles: `
    :host {
      position: sticky;
      inset-block-start: -8px;
      z-index: 2;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
      min-block-size: 48px;
      padding: 4px 8px 4px 20px;
      border-radius: 16px;
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
      --mat-button-text-label-text-color: var(--mat-sys-on-secondary-container);
    }
    p {
      flex: 1;
      margin: 0 8px 0 0;
      font: var(--mat-sys-label-large);
      white-space: nowrap;
    }
  `,
})
export class BulkBar {
  readonly users = input.required<readonly ListedUser[]>();
  readonly cleared = output<void>();
  /** Something may have changed. */
  readonly worked = output<void>();

  private readonly dialogs = inject(Dialogs);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().people.bulk);
  protected readonly actions = BULK_ACTIONS;

  protected async open(action: BulkAction): Promise<void> {
    await this.dialogs.open(() => import('./bulk-dialog').then((file) => file.BulkDialog), {
      data: { action, users: this.users() },
      width: '560px',
      disableClose: true,
      autoFocus: 'first-tabbable',
    });
    this.worked.emit();
  }
}
