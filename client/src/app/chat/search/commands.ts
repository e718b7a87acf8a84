import { Service, computed, inject } from '@angular/core';
import { Router } from '@angular/router';

import { I18n } from '../../core/i18n/i18n';
import { Theme } from '../../core/theme/theme';
import { Dialogs } from '../../ui/dialogs';
import { NewChat } from '../conversation/new-chat';
import { FolderActions } from '../list/folder-actions';
import { type Command } from './search-option';

/** What can be done from the search, by its name. */
@Service()
export class Commands {
  private readonly newChat = inject(NewChat);
  private readonly router = inject(Router);
  private readonly dialogs = inject(Dialogs);
  private readonly theme = inject(Theme);
  private readonly folders = inject(FolderActions);
  private readonly i18n = inject(I18n);

  readonly all = computed<Command[]>(() => {
    const { shell, conversations } = this.i18n.text();
    const { commands } = conversations.search;
    return [
      { name: shell.newChat, icon: 'edit_square', run: () => this.newChat.start() },
      {
        name: commands.temporary,
        icon: 'history',
        run: () => this.newChat.start({ isTemporary: true }),
      },
      {
        name: conversations.newFolder,
        icon: 'create_new_folder',
        run: () => this.folders.create(),
      },
      { name: commands.light, icon: 'light_mode', run: () => this.theme.choose('light') },
      { name: commands.dark, icon: 'dark_mode', run: () => this.theme.choose('dark') },
      { name: shell.archive, icon: 'inventory_2', run: () => this.go('/archive') },
      { name: shell.apiKeys, icon: 'key', run: () => this.go('/keys') },
      { name: shell.yourData, icon: 'policy', run: () => this.go('/your-data') },
      { name: shell.keyboardShortcuts, icon: 'keyboard', run: () => this.showShortcuts() },
    ];
  });

  private go(path: string): Promise<boolean> {
    return this.router.navigateByUrl(path);
  }

  private showShortcuts(): Promise<unknown> {
    return this.dialogs.open(() =>
      import('../../shell/shortcuts-dialog').then((file) => file.ShortcutsDialog),
    );
  }
}
