import { LiveAnnouncer } from '@angular/cdk/a11y';
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
import { ShortcutBindings } from '../core/shortcuts/shortcut-bindings';
import { FIXED, SHORTCUTS, type ShortcutName, keyCaps } from '../core/shortcuts/shortcut-keys';
import { Shortcuts } from '../core/shortcuts/shortcuts';
import { ShortcutKeysButton } from './shortcut-keys-button';

const ANYWHERE: readonly ShortcutName[] = ['newChat', 'search', 'toggleSidebar', 'showShortcuts'];
const IN_CHAT: readonly ShortcutName[] = [
  'focusComposer',
  'pickModel',
  'chatSettings',
  'stop',
  'editLast',
  'copyCode',
  'previousTurn',
  'nextTurn',
];

/** A line of the list: with a name if its keys can be changed, else with the keys it always has. */
interface Row {
  what: string;
  name: ShortcutName | null;
  caps: string[];
}

/** The list of shortcuts: the switch that turns them off, and other keys for each. */
@Component({
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatSlideToggle,
    ShortcutKeysButton,
  ],
  templateUrl: './shortcuts-dialog.html',
  styleUrl: './shortcuts-dialog.scss',
})
export class ShortcutsDialog {
  protected readonly shortcuts = inject(Shortcuts);
  protected readonly bindings = inject(ShortcutBindings);
  protected readonly i18n = inject(I18n);
  private readonly announcer = inject(LiveAnnouncer);

  protected readonly text = computed(() => this.i18n.text().shortcuts);
  protected readonly groups = computed(() => {
    const { anywhere, inChat, send, newLine, saveEdit, undo, keyNames } = this.text();
    const { ctrl, shift, enter } = keyNames;
    const always = (what: string, caps: string[]): Row => ({ what, name: null, caps });
    const typing = [
      always(send, [enter]),
      always(newLine, [shift, enter]),
      always(saveEdit, [ctrl, enter]),
    ];
    const undoing = always(undo, [ctrl, 'Z']);
    return [
      { title: anywhere, rows: [...ANYWHERE.map((name) => this.row(name)), undoing] },
      { title: inChat, rows: [...typing, ...IN_CHAT.map((name) => this.row(name))] },
    ];
  });

  protected reset(): void {
    this.bindings.reset();
    void this.announcer.announce(this.text().wasReset);
  }

  private row(name: ShortcutName): Row {
    const { names, keyNames } = this.text();
    const isFixed = FIXED.includes(name);
    const caps = keyCaps(SHORTCUTS[name], keyNames, false);
    return { what: names[name], name: isFixed ? null : name, caps };
  }
}
