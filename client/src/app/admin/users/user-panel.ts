import {
  Component,
  ElementRef,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  output,
  resource,
  viewChild,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { Router } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { type UserDetails } from '../../core/api/schema';
import { hasRole } from '../../core/auth/roles';
import { Session } from '../../core/auth/session';
import { Viewport } from '../../core/layout/viewport';
import { Dialogs } from '../../ui/dialogs';
import { Icon } from '../../ui/icon/icon';
import { keepShown } from '../../ui/page/keep-shown';
import { KeptFocus } from '../../ui/page/kept-focus';
import { Region } from '../../ui/page/region';
import { UserAccess } from './panel/user-access';
import { UserAudit } from './panel/user-audit';
import { UserBudget } from './panel/user-budget';
import { UserKeys } from './panel/user-keys';
import { UserOverview } from './panel/user-overview';
import { UserSessions } from './panel/user-sessions';

const TABS = ['overview', 'budget', 'access', 'keys', 'sessions', 'audit'] as const;
type Tab = (typeof TABS)[number];

/** One person beside the table: 480 px, or the whole window where there is no room for both. */
@Component({
  selector: 'app-user-panel',
  imports: [
    Icon,
    MatIconButton,
    Region,
    UserAccess,
    UserAudit,
    UserBudget,
    UserKeys,
    UserOverview,
    UserSessions,
  ],
  templateUrl: './user-panel.html',
  styleUrl: './user-panel.scss',
  hostDirectives: [KeptFocus],
  host: {
    role: 'complementary',
    '[attr.aria-label]': 'text().panel',
    '(keydown.escape)': 'leave()',
  },
})
export class UserPanel {
  readonly id = input.required<string>();
  readonly tab = input.required<string>();
  readonly closed = output<void>();
  readonly changed = output<void>();

  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly dialogs = inject(Dialogs);
  private readonly messages = inject(ConsoleText);
  protected readonly viewport = inject(Viewport);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly closeButton = viewChild.required<string, ElementRef<HTMLElement>>('close', {
    read: ElementRef,
  });

  protected readonly tabs = TABS;
  protected readonly text = computed(() => this.messages.text().people);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly mayChange = computed(() => hasRole(this.session.me(), ['admin']));
  protected readonly shown = computed<Tab>(
    () => TABS.find((each) => each === this.tab()) ?? 'overview',
  );
  protected readonly user = keepShown(
    resource({
      params: () => this.id(),
      loader: ({ params: id }) =>
        this.api.get<UserDetails>(`/api/admin/users/${encodeURIComponent(id)}`),
    }),
  );

  constructor() {
    afterNextRender(() => this.closeButton().nativeElement.focus());
    // Below 1200 px it covers the list, which is then out of reach.
    effect((onCleanup) => {
      const list = this.host.nativeElement.parentElement?.querySelector<HTMLElement>('.list');
      if (!list || this.viewport.hasPanel()) return;
      list.inert = true;
      onCleanup(() => (list.inert = false));
    });
  }

  protected open(tab: Tab): void {
    void this.router.navigate([], { queryParams: { tab }, queryParamsHandling: 'merge' });
  }

  protected move(event: Event, by: number): void {
    event.preventDefault();
    const next = TABS[(TABS.indexOf(this.shown()) + by + TABS.length) % TABS.length]!;
    this.open(next);
    this.host.nativeElement.querySelector<HTMLElement>(`#user-tab-${next}`)?.focus();
  }

  /** A dialog that has just been opened has the key, though not yet the focus. */
  protected leave(): void {
    if (!this.dialogs.isOpen()) this.closed.emit();
  }

  protected reload(): void {
    this.user.reload();
    this.changed.emit();
  }
}
