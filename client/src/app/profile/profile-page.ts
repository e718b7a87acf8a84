import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../console/console-text';
import { Session } from '../core/auth/session';
import { I18n, LANGUAGES, type Language } from '../core/i18n/i18n';
import { Theme, type ThemeMode } from '../core/theme/theme';
import { ChoiceBar } from '../ui/choice-bar';
import { Dialogs } from '../ui/dialogs';
import { Icon } from '../ui/icon/icon';
import { Page } from '../ui/page/page';
import { OwnBudgets } from './own-budgets';
import { OwnGroups } from './own-groups';
import { OwnModels } from './own-models';
import { OwnSessions } from './own-sessions';

/** Who one is here: groups, budgets, models, sessions, preferences, and the way out for good. */
@Component({
  selector: 'app-profile-page',
  imports: [
    ChoiceBar,
    Icon,
    MatButton,
    OwnBudgets,
    OwnGroups,
    OwnModels,
    OwnSessions,
    Page,
    RouterLink,
  ],
  templateUrl: './profile-page.html',
  styleUrl: './profile-page.scss',
})
export class ProfilePage {
  protected readonly i18n = inject(I18n);
  protected readonly theme = inject(Theme);
  protected readonly session = inject(Session);
  private readonly messages = inject(ConsoleText);
  private readonly dialogs = inject(Dialogs);

  protected readonly heading = computed(() => this.messages.text().nav.profile);
  protected readonly text = computed(() => this.messages.text().profile);
  protected readonly roles = computed(() => {
    const names = this.messages.text().nav.forbidden.roles;
    return (this.session.me()?.roles ?? []).map((role) => names[role]).join(', ');
  });
  protected readonly themes = computed(() => {
    const { light, dark, system } = this.i18n.text().shell.themes;
    return [
      { value: 'light', label: light, icon: 'light_mode' as const },
      { value: 'dark', label: dark, icon: 'dark_mode' as const },
      { value: 'system', label: system, icon: 'routine' as const },
    ];
  });
  protected readonly languages = Object.entries(LANGUAGES).map(([code, name]) => ({
    value: code,
    label: name,
    lang: code,
  }));

  protected chooseTheme(mode: string): void {
    this.theme.choose(mode as ThemeMode);
  }

  protected chooseLanguage(language: string): void {
    void this.i18n.choose(language as Language);
  }

  protected showShortcuts(): void {
    void this.dialogs.open(() =>
      import('../shell/shortcuts-dialog').then((file) => file.ShortcutsDialog),
    );
  }

  protected deleteAccount(): void {
    void this.dialogs.open(
      () => import('./delete-account-dialog').then((file) => file.DeleteAccountDialog),
      { width: '480px', role: 'alertdialog', autoFocus: 'input' },
    );
  }
}
