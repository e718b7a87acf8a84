import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  output,
} from '@angular/core';
import { Router } from '@angular/router';

import { errorText } from '../../ui/error-text';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { ConversationList } from './conversation-list';
import { ConversationMenu, type RowLeaving } from './conversation-menu';
import { ConversationRow } from './conversation-row';
import { type DayGroup } from './day-groups';
import { FolderActions } from './folder-actions';
import { FolderSection } from './folder-section';
import { WhenSeen } from './when-seen';

/** How far each key moves among the rows. */
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** The conversations in the sidebar: pinned, in folders, and by day. */
@Component({
  selector: 'app-conversation-list',
  imports: [ConversationMenu, ConversationRow, FolderSection, Icon, WhenSeen],
  templateUrl: './conversation-list-view.html',
  styleUrl: './conversation-list-view.scss',
  host: { '(keydown)': 'onKey($event)', '(click)': 'onClick($event)' },
})
export class ConversationListView {
  /** A conversation was opened: a drawer should close. */
  readonly opened = output<void>();

  protected readonly list = inject(ConversationList);
  protected readonly folderActions = inject(FolderActions);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  protected readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().conversations);
  protected readonly activeId = computed(() => {
    const url = this.router.lastSuccessfulNavigation()?.finalUrl?.toString() ?? '';
    return /^\/chat\/([^/?#]+)/.exec(url)?.[1] ?? null;
  });
  protected readonly failure = computed(() => {
    const failure = this.list.recentPart.failure() ?? this.list.pinnedPart.failure();
    return failure === null ? '' : errorText(failure, this.i18n.text().errors);
  });
  protected readonly isEmpty = computed(
    () =>
      this.list.isLoaded() &&
      this.list.pinned().length + this.list.groups().length + this.list.folders().length === 0 &&
      !this.list.recentPart.hasMore(),
  );

  protected heading({ kind, at }: DayGroup): string {
    return kind === 'month' ? this.i18n.month(at) : this.text().days[kind];
  }

  /** Does what takes a row from its place, and gives the focus to it or to its neighbour. */
  protected leave({ id, leave }: RowLeaving): void {
    const rows = this.rows();
    const at = rows.findIndex((row) => row.dataset['row'] === id);
    leave();
    afterNextRender(
      () => {
        const again = this.rows().find((row) => row.dataset['row'] === id);
        const neighbours = [again, rows[at + 1], rows[at - 1]];
        neighbours.find((row) => row?.isConnected)?.focus();
      },
      { injector: this.injector },
    );
  }

  protected onKey(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const rows = this.rows();
    const at = rows.indexOf(event.target as HTMLElement);
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Delete') {
      const id = rows[at]?.dataset['row'] ?? '';
      this.leave({ id, leave: () => this.list.remove(id) });
    } else if (step !== undefined) {
      rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
    } else return;
    event.preventDefault();
  }

  protected onClick(event: Event): void {
    if ((event.target as HTMLElement).closest('[data-row]') !== null) this.opened.emit();
  }

  private rows(): HTMLElement[] {
    return [...this.host.querySelectorAll<HTMLElement>('[data-row]')];
  }
}
