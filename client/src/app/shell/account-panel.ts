import { DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';

import { PreferenceSwitches } from '../chat/settings/preference-switches';
import { Session } from '../core/auth/session';
import { I18n, LANGUAGES, type Language } from '../core/i18n/i18n';
import { Theme, type ThemeMode } from '../core/theme/theme';
import { ChoiceBar } from '../ui/choice-bar';
import { Dialogs } from '../ui/dialogs';
import { FooterLinks } from '../ui/footer-links';
import { Icon } from '../ui/icon/icon';
import { Toast } from '../ui/toast';

/** Appearance, language, shortcuts, and the way out. */
@Component({
  selector: 'app-account-panel',
  imports: [ChoiceBar, FooterLinks, Icon, PreferenceSwitches, RouterLink],
  template: `
    <app-choice-bar
      [legend]="text().theme"
      [choices]="themes()"
      [value]="theme.mode()"
      (chosen)="chooseTheme($event)"
    />
    <app-choice-bar
      [legend]="text().language"
      [choices]="languages"
      [value]="i18n.language()"
      (chosen)="chooseLanguage($event)"
    />
    <app-preference-switches />
    <div class="actions">
      <a routerLink="/profile" (click)="close()">
        <app-icon name="account_circle" />{{ text().profile }}
      </a>
      <a routerLink="/help" (click)="close()"> <app-icon name="help" />{{ text().help }} </a>
      <a routerLink="/your-data" (click)="close()">
        <app-icon name="policy" />{{ text().yourData }}
      </a>
      <button type="button" (click)="showShortcuts()">
        <app-icon name="keyboard" />{{ text().keyboardShortcuts }}
      </button>
      <button type="button" (click)="signOut()">
        <app-icon name="logout" />{{ text().signOut }}
      </button>
    </div>
    <app-footer-links />
  `,
  styleUrl: './account-panel.scss',
})
export class AccountPanel {
  protected readonly theme = inject(Theme);
  protected readonly i18n = inject(I18n);
  private readonly session = inject(Session);
  private readonly panel = inject(DialogRef);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);

  protected readonly text = computed(() => this.i18n.text().shell);
  protected readonly themes = computed(() => {
    const { light, dark, system } = this.text().themes;
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

  protected close(): void {
    this.panel.close();
  }

  protected showShortcuts(): void {
    this.panel.close();
    void this.dialogs.open(() => import('./shortcuts-dialog').then((file) => file.ShortcutsDialog));
  }

  protected async signOut(): Promise<void> {
    this.panel.close();
    try {
      await this.session.signOut();
    } catch {
      void this.toast.show(this.text().signOutFailed);
    }
  }
}
