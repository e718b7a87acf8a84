import { Dialog } from '@angular/cdk/dialog';
import { createGlobalPositionStrategy } from '@angular/cdk/overlay';
import { Injector, Service, computed, inject, signal } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Viewport } from '../../core/layout/viewport';
import { ConversationStore } from '../conversation/conversation-store';

/** Opens the settings of the conversation: beside the page, or from below where that is narrow. */
@Service()
export class ChatSettings {
  private readonly conversation = inject(ConversationStore);
  private readonly dialog = inject(Dialog);
  private readonly injector = inject(Injector);
  private readonly viewport = inject(Viewport);
  private readonly i18n = inject(I18n);
  private readonly wanted = signal(false);
  private origin: HTMLElement | null = null;
  private isJustOpened = false;

  /** It stands beside the page. */
  readonly isOpen = computed(() => this.wanted() && this.viewport.hasPanel());
  /** Something is set that the model would do otherwise. */
  readonly isAnySet = computed(() =>
    Object.values(this.conversation.settings()).some((value) => value !== null),
  );

  /** `origin` gets the focus back when it is closed. */
  toggle(origin: HTMLElement): void {
    this.origin = origin;
    this.isJustOpened = !this.isOpen();
    if (this.isOpen()) this.close();
    else if (this.viewport.hasPanel()) this.wanted.set(true);
    else void this.openSheet(origin);
  }

  close(): void {
    this.wanted.set(false);
    this.origin?.focus();
  }

  /** Whether somebody opened it just now, and wants the focus in it. Only the first asker is told. */
  takesFocus(): boolean {
    const is = this.isJustOpened;
    this.isJustOpened = false;
    return is;
  }

  private async openSheet(restoreFocus: HTMLElement): Promise<void> {
    const { SettingsPanel } = await import('./settings-panel');
    this.dialog.open(SettingsPanel, {
      ariaLabel: this.i18n.text().settings.title,
      ariaModal: true,
      autoFocus: 'first-heading',
      restoreFocus,
      positionStrategy: createGlobalPositionStrategy(this.injector)
        .bottom('0')
        .centerHorizontally(),
      width: '100%',
      maxWidth: '640px',
      maxHeight: '90dvh',
      backdropClass: 'app-scrim',
      panelClass: ['app-panel', 'app-sheet'],
    });
  }
}
