import { Component, inject, input, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';

import { Clipboard } from './clipboard';
import { Icon } from './icon/icon';

/** Copies a text and shows for a moment that it has. */
@Component({
  selector: 'app-copy-button',
  imports: [Icon, MatIconButton, MatTooltip],
  template: `
    <button
      matIconButton
      type="button"
      [attr.aria-label]="label()"
      [matTooltip]="label()"
      (click)="copy()"
    >
      <app-icon [name]="isCopied() ? 'check' : 'content_copy'" />
    </button>
  `,
})
export class CopyButton {
  readonly text = input.required<string>();
  readonly label = input.required<string>();

  protected readonly isCopied = signal(false);

  private readonly clipboard = inject(Clipboard);

  protected async copy(): Promise<void> {
    if (!(await this.clipboard.copy(this.text()))) return;
    this.isCopied.set(true);
    setTimeout(() => this.isCopied.set(false), Clipboard.CONFIRMATION_MS);
  }
}
