import { Component, computed, inject, input, output } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink, RouterLinkActive } from '@angular/router';

import { ConversationStore } from '../chat/conversation/conversation-store';
import { NewChat } from '../chat/conversation/new-chat';
import { Session } from '../core/auth/session';
import { I18n } from '../core/i18n/i18n';
import { BrandMark } from '../ui/brand-mark';
import { Icon } from '../ui/icon/icon';
import { AccountButton } from './account-button';

/** Where one can go, and who one is; as a rail it shows only the icons. */
@Component({
  selector: 'app-sidebar',
  imports: [AccountButton, BrandMark, Icon, MatTooltip, RouterLink, RouterLinkActive],
  templateUrl: './sidebar.html',
  styleUrl: './sidebar.scss',
})
export class Sidebar {
  readonly isRail = input(false);
  /** Something was chosen: a drawer should close. */
  readonly navigated = output<void>();

  protected readonly session = inject(Session);
  protected readonly conversation = inject(ConversationStore);
  private readonly newChat = inject(NewChat);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().shell);

  protected startChat(): void {
    this.navigated.emit();
    void this.newChat.start();
  }
}
