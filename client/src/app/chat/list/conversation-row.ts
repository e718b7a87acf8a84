import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { type MatMenu, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';

import { type ConversationSummary } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Now } from '../../core/time/now';
import { Icon } from '../../ui/icon/icon';
import { InlineName } from '../../ui/inline-name';
import { ageOf } from './age';
import { pathOfPage } from './conversation-changes';
import { ConversationList } from './conversation-list';

/** One conversation in the sidebar: a link, and what can be done with it. */
@Component({
  selector: 'app-conversation-row',
  imports: [Icon, InlineName, MatMenuTrigger, RouterLink],
  templateUrl: './conversation-row.html',
  styleUrl: './conversation-row.scss',
  host: { '[class.is-active]': 'isActive()' },
})
export class ConversationRow {
  readonly conversation = input.required<ConversationSummary>();
  /** It is the one that is open. */
  readonly isActive = input(false);
  /** The menu all rows share; it is told of which row it is. */
  readonly menu = input.required<MatMenu>();

  private readonly injector = inject(Injector);
  private readonly list = inject(ConversationList);
  private readonly now = inject(Now);
  private readonly i18n = inject(I18n);
  private readonly link = viewChild<ElementRef<HTMLElement>>('link');

  protected readonly text = computed(() => this.i18n.text().conversations);
  protected readonly title = computed(() => this.conversation().title || this.text().untitled);
  protected readonly path = computed(() => pathOfPage(this.conversation().id));
  protected readonly isRenaming = signal(false);
  protected readonly age = computed(() =>
    ageOf(this.conversation().updatedAt, this.now.ms(), {
      ...this.text().ages,
      date: (iso) => this.i18n.dayAndMonth(iso),
    }),
  );

  rename(): void {
    this.isRenaming.set(true);
  }

  /** Takes the focus, as a neighbour does when a row goes. */
  focus(): void {
    this.link()?.nativeElement.focus();
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.key !== 'F2') return;
    event.preventDefault();
    this.rename();
  }

  protected renamed({ name, byKeyboard }: { name: string | null; byKeyboard: boolean }): void {
    this.isRenaming.set(false);
    if (name !== null) void this.list.rename(this.conversation().id, name);
    // The link is there again once the page is drawn.
    if (byKeyboard) afterNextRender(() => this.focus(), { injector: this.injector });
  }
}
