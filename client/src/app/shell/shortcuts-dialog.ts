import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatSlideToggle } from '@angular/material/slide-toggle';

import { I18n } from '../core/i18n/i18n';
import { SHORTCUTS, type ShortcutName, keyCaps } from '../core/shortcuts/shortcut-keys';
import { Shortcuts } from '../core/shortcuts/shortcuts';

const ANYWHERE: readonly ShortcutName[] = ['newChat', 'toggleSidebar', 'showShortcuts'];
const IN_CHAT: readonly ShortcutName[] = ['pickModel', 'focusComposer', 'stop', 'copyCode'];

/** The list of shortcuts, and the switch that turns them off. */
@Component({
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatSlideToggle,
  ],
  templateUrl: './shortcuts-dialog.html',
  styleUrl: './shortcuts-dialog.scss',
})
export class ShortcutsDialog {
  protected readonly shortcuts = inject(Shortcuts);
  protected readonly i18n = inject(I18n);
  private readonly isMac = /mac|iphone|ipad/i.test(navigator.platform);

  protected readonly groups = computed(() => {
    const { shortcuts: text, keyNames } = this.i18n.text().shell;
    const row = (name: ShortcutName) => ({
      what: text[name],
      caps: keyCaps(SHORTCUTS[name], keyNames, this.isMac),
    });
    const fixed = [
      { what: text.send, caps: [keyNames.enter] },
      { what: text.newLine, caps: [keyNames.shift, keyNames.enter] },
    ];
    return [
      { title: text.anywhere, rows: ANYWHERE.map(row) },
      { title: text.inChat, rows: [...fixed, ...IN_CHAT.map(row)] },
    ];
  });
}
