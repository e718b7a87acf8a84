import {
  DOCUMENT,
  Component,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatIconButton } from '@angular/material/button';
import { MatSidenav, MatSidenavContainer, MatSidenavContent } from '@angular/material/sidenav';
import { MatTooltip } from '@angular/material/tooltip';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { distinctUntilChanged, filter, map, skip } from 'rxjs';

import { TO_COMPOSER } from '../chat/conversation/conversation-address';
import { ConversationStore } from '../chat/conversation/conversation-store';
import { NewChat } from '../chat/conversation/new-chat';
import { ChatEvents } from '../chat/list/chat-events';
import { ConversationList } from '../chat/list/conversation-list';
import { ConsoleNav } from '../console/console-nav';
import { Announcements } from '../core/announcements/announcements';
import { ApiClient } from '../core/api/api-client';
import { Budgets } from '../core/budgets/budgets';
import { I18n } from '../core/i18n/i18n';
import { Viewport } from '../core/layout/viewport';
import { Shortcuts } from '../core/shortcuts/shortcuts';
import { Terms } from '../terms/terms';
import { Dialogs } from '../ui/dialogs';
import { Icon } from '../ui/icon/icon';
import { ToastRoom } from '../ui/toast-room';
import { AnnouncementStrip } from './announcement-strip';
import { EdgeSwipe } from './edge-swipe';
import { Sidebar } from './sidebar';
import { SidebarState } from './sidebar-state';

/** Everything around the pages of someone signed in. */
@Component({
  selector: 'app-shell',
  imports: [
    AnnouncementStrip,
    ConsoleNav,
    Icon,
    MatIconButton,
    MatSidenav,
    MatSidenavContainer,
    MatSidenavContent,
    MatTooltip,
    RouterOutlet,
    Sidebar,
    ToastRoom,
  ],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
  hostDirectives: [{ directive: EdgeSwipe, outputs: ['swiped'] }],
  host: {
    '[class.has-sidebar]': 'viewport.hasSidebar()',
    '[class.has-rail]': 'sidebar.isRail()',
    '(swiped)': 'openDrawer()',
  },
})
export class Shell {
  protected readonly viewport = inject(Viewport);
  protected readonly sidebar = inject(SidebarState);
  protected readonly announcements = inject(Announcements);
  private readonly terms = inject(Terms);
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly conversation = inject(ConversationStore);
  private readonly newChat = inject(NewChat);
  private readonly router = inject(Router);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().shell);
  protected readonly toggleLabel = computed(() =>
    this.sidebar.isOpen() ? this.text().closeSidebar : this.text().openSidebar,
  );
  protected readonly url = computed(() => {
    const navigation = this.router.lastSuccessfulNavigation();
    return navigation?.finalUrl?.toString() ?? '/chat';
  });
  /** There is a message field to skip to: not on a page that is not there. */
  protected readonly isChat = computed(
    () =>
      /^\/chat(\/[^/?#]*)?([?#]|$)/.test(this.url()) &&
      this.conversation.shown().failure() === null,
  );
  /** The administration has a sidebar of its own, which comes with its pages. */
  protected readonly isAdministration = computed(() => this.url().startsWith('/admin/'));

  constructor() {
    inject(Shortcuts).bind({
      newChat: () => void this.newChat.start(),
      search: () => void this.search(),
      toggleSidebar: () => this.sidebar.toggle(),
      showShortcuts: () => void this.showShortcuts(),
    });
    effect(() => {
      if (this.api.isSignedOut()) void this.offerSignIn();
    });
    effect(() => {
      if (this.api.termsRefusals() > 0) void this.terms.load();
    });
    effect(() => {
      if (this.terms.isOwing()) void this.askForAgreement();
    });
    this.focusHeadingAfterNavigation();
    this.followChanges();
  }

  protected skipTo(event: Event, id: string): void {
    event.preventDefault();
    this.document.getElementById(id)?.focus();
  }

  protected openDrawer(): void {
    if (!this.viewport.hasSidebar()) this.sidebar.isDrawerOpen.set(true);
  }

  protected closeDrawer(): void {
    this.sidebar.isDrawerOpen.set(false);
  }

  protected search(): Promise<unknown> {
    return this.dialogs.open(
      () => import('../chat/search/search-dialog').then((file) => file.SearchDialog),
      {
        autoFocus: 'input',
        // Whoever types at once means the field; it does not wait for the dialog to have come in.
        delayFocusTrap: false,
        ariaLabel: this.text().search,
        ...(this.viewport.isCompact()
          ? { width: '100vw', maxWidth: '100vw', height: '100dvh', panelClass: 'app-full' }
          : { width: '720px', height: '560px', maxHeight: '92dvh' }),
      },
    );
  }

  /** The list and the budget are asked for once; from then on the server tells what changes. */
  private followChanges(): void {
    const events = inject(ChatEvents);
    const budgets = inject(Budgets);
    events.on('budget', () => void budgets.refresh());
    events.on('resumed', () => void budgets.refresh());
    void budgets.refresh();
    void inject(ConversationList).load();
    void this.announcements.load();
    void this.terms.load();
    events.start();
  }

  private showShortcuts(): Promise<unknown> {
    return this.dialogs.open(() =>
      import('./shortcuts-dialog').then((file) => file.ShortcutsDialog),
    );
  }

  private offerSignIn(): Promise<unknown> {
    return this.dialogs.open(
      () => import('./signed-out-dialog').then((file) => file.SignedOutDialog),
      {
        disableClose: true,
        data: this.router.url,
      },
    );
  }

  private askForAgreement(): Promise<unknown> {
    return this.dialogs.open(
      () => import('../terms/terms-dialog').then((file) => file.TermsDialog),
      { disableClose: true, width: '720px' },
    );
  }

  /** A new page is announced by its heading; the first page leaves the focus where the browser put it. */
  private focusHeadingAfterNavigation(): void {
    // A filter in the address is the same page: the focus stays where somebody works.
    const ends = this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(({ urlAfterRedirects }) => urlAfterRedirects.split(/[?#]/)[0]),
      distinctUntilChanged(),
    );
    ends.pipe(skip(1), takeUntilDestroyed()).subscribe(() => {
      this.closeDrawer();
      if (this.router.lastSuccessfulNavigation()?.extras.info === TO_COMPOSER) return;
      afterNextRender(() => this.document.querySelector<HTMLElement>('main h1')?.focus(), {
        injector: this.injector,
      });
    });
  }
}
