import { Component, computed, inject, input, output } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink, RouterLinkActive } from '@angular/router';

import { NewChat } from '../chat/conversation/new-chat';
import { ConversationListView } from '../chat/list/conversation-list-view';
import { hasRole } from '../core/auth/roles';
import { Session } from '../core/auth/session';
import { I18n } from '../core/i18n/i18n';
import { ShortcutBindings } from '../core/shortcuts/shortcut-bindings';
import { keyCaps } from '../core/shortcuts/shortcut-keys';
import { Shortcuts } from '../core/shortcuts/shortcuts';
import { BrandMark } from '../ui/brand-mark';
import { Icon, type IconName } from '../ui/icon/icon';
import { AccountButton } from './account-button';
import { BudgetMeter } from './budget-meter';

interface SidebarLink {
  path: string;
  label: string;
  icon: IconName;
}

/** Where one can go, what one has talked about, and who one is; as a rail only the icons. */
@Component({
  selector: 'app-sidebar',
  imports: [
    AccountButton,
    BrandMark,
    BudgetMeter,
    ConversationListView,
    Icon,
    MatTooltip,
    RouterLink,
    RouterLinkActive,
  ],
  templateUrl: './sidebar.html',
  styleUrl: './sidebar.scss',
})
export class Sidebar {
  readonly isRail = input(false);
  /** Something was chosen: a drawer should close. */
  readonly navigated = output<void>();
  readonly searched = output<void>();

  protected readonly session = inject(Session);
  private readonly newChat = inject(NewChat);
  private readonly bindings = inject(ShortcutBindings);
  private readonly shortcuts = inject(Shortcuts);
  private readonly i18n = inject(I18n);
  private readonly isMac = /mac|iphone|ipad/i.test(navigator.platform);

  protected readonly text = computed(() => this.i18n.text().shell);
  protected readonly links = computed<SidebarLink[]>(() => [
    { path: '/models', label: this.text().models, icon: 'hub' },
    { path: '/connect', label: this.text().connect, icon: 'cable' },
    { path: '/usage', label: this.text().usage, icon: 'bar_chart' },
    { path: '/keys', label: this.text().apiKeys, icon: 'key' },
    ...this.clients(),
    { path: '/archive', label: this.text().archive, icon: 'inventory_2' },
    ...this.administration(),
  ]);
  /** For people who manage one. */
  private readonly clients = computed<SidebarLink[]>(() =>
    this.session.me()?.managesClients
      ? [{ path: '/clients', label: this.text().clients, icon: 'deployed_code' }]
      : [],
  );
  /** Where the administration begins for one's roles. */
  private readonly administration = computed<SidebarLink[]>(() => {
    const me = this.session.me();
    const { administration: label } = this.text();
    if (hasRole(me, ['admin', 'auditor'])) {
      return [{ path: '/admin/overview', label, icon: 'admin_panel_settings' }];
    }
    if (hasRole(me, ['engineer'])) {
      return [{ path: '/admin/models', label, icon: 'admin_panel_settings' }];
    }
    return [];
  });
  /** The keys that open the search, beside its name; empty where there are none. */
  protected readonly searchKeys = computed(() => {
    const keys = this.bindings.keys().search;
    if (keys === null || !this.shortcuts.isEnabled()) return '';
    const caps = keyCaps(keys, this.i18n.text().shortcuts.keyNames, this.isMac);
    return caps.join(this.isMac ? '' : ' ');
  });

  protected startChat(): void {
    this.navigated.emit();
    void this.newChat.start();
  }

  protected search(): void {
    this.navigated.emit();
    this.searched.emit();
  }
}
