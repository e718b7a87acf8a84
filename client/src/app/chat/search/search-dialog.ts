import { LiveAnnouncer } from '@angular/cdk/a11y';
import {
  DOCUMENT,
  Component,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  linkedSignal,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatDialogClose, MatDialogRef } from '@angular/material/dialog';
import { Router } from '@angular/router';

import { I18n } from '../../core/i18n/i18n';
import { Viewport } from '../../core/layout/viewport';
import { errorText } from '../../ui/error-text';
import { Icon } from '../../ui/icon/icon';
import { ChatModels } from '../models/chat-models';
import { pathOfPage } from '../list/conversation-changes';
import { ConversationList } from '../list/conversation-list';
import { WhenSeen } from '../list/when-seen';
import { ChatSearch, NO_FILTERS } from './chat-search';
import { Commands } from './commands';
import { SearchPreview } from './search-preview';
import { PERIODS } from './search-period';
import { type SearchGroup, type SearchOption, matching } from './search-option';

/** How many recent conversations stand there before anything is typed. */
const RECENT = 6;
/** How far each key moves in the list. */
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };

/**
 * Finds conversations by their words and commands by their names. The field keeps the focus; the
 * arrow keys move through what was found, Enter opens it.
 */
@Component({
  imports: [Icon, MatDialogClose, MatIconButton, SearchPreview, WhenSeen],
  templateUrl: './search-dialog.html',
  styleUrl: './search-dialog.scss',
  providers: [ChatSearch],
})
export class SearchDialog {
  protected readonly search = inject(ChatSearch);
  protected readonly list = inject(ConversationList);
  protected readonly models = inject(ChatModels);
  protected readonly viewport = inject(Viewport);
  protected readonly i18n = inject(I18n);
  private readonly commands = inject(Commands);
  private readonly dialog = inject<MatDialogRef<SearchDialog>>(MatDialogRef);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);

  protected readonly text = computed(() => this.i18n.text().conversations.search);
  protected readonly periods = PERIODS;
  protected readonly untitled = computed(() => this.i18n.text().conversations.untitled);
  protected readonly groups = computed<SearchGroup[]>(() => {
    const term = this.search.term();
    const commands = matching(this.commands.all(), term);
    const groups: SearchGroup[] = [
      { name: 'recent', options: term === '' ? this.recentOptions() : [] },
      {
        name: 'commands',
        options: commands.map((command) => ({ kind: 'command', command })),
      },
      {
        name: 'found',
        options: (this.search.hits() ?? []).map((hit) => ({
          kind: 'conversation',
          conversation: hit.conversation,
          hit,
        })),
      },
    ];
    return groups.filter(({ options }) => options.length > 0);
  });
  protected readonly flat = computed(() => this.groups().flatMap(({ options }) => options));
  /** The line Enter opens: the first, until the arrows move it. */
  protected readonly activeAt = linkedSignal({
    source: () => ({ term: this.search.term(), filters: this.search.filters() }),
    computation: () => 0,
  });
  protected readonly active = computed(() => this.flat()[this.activeAt()] ?? null);
  protected readonly isNothingFound = computed(
    () => this.search.hits()?.length === 0 && !this.search.isSearching(),
  );
  protected readonly failure = computed(() => {
    const failure = this.search.failure();
    return failure === null ? '' : errorText(failure, this.i18n.text().errors);
  });

  constructor() {
    const announcer = inject(LiveAnnouncer);
    effect(() => {
      const hits = this.search.hits();
      if (hits === null || this.search.isSearching()) return;
      const count = this.text().count(hits.length, this.search.hasMore());
      void announcer.announce(hits.length === 0 ? this.text().none(this.search.term()) : count);
    });
  }

  protected idOf(option: SearchOption): string {
    return `search-option-${this.flat().indexOf(option)}`;
  }

  protected titleOf(option: SearchOption): string {
    if (option.kind === 'command') return option.command.name;
    return option.conversation.title || this.untitled();
  }

  protected type(term: string): void {
    this.search.term.set(term.trim());
  }

  protected setPeriod(value: string): void {
    this.search.filter({ period: PERIODS.find((period) => period === value) ?? '' });
  }

  protected clearFilters(): void {
    this.search.filters.set(NO_FILTERS);
  }

  protected onKey(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const active = this.active();
    if (event.isComposing) return;
    if (step !== undefined) this.move(step);
    else if (event.key === 'Enter' && active !== null) this.choose(active);
    else return;
    event.preventDefault();
  }

  protected choose(option: SearchOption): void {
    this.dialog.close();
    if (option.kind === 'command') option.command.run();
    else void this.open(option);
  }

  /** A message is told by the fragment, for the page to bring it into sight. */
  private async open({
    conversation,
    hit,
  }: SearchOption & { kind: 'conversation' }): Promise<void> {
    const fragment = hit?.messageId ?? undefined;
    const again = { fragment, onSameUrlNavigation: 'reload' } as const;
    await this.router.navigate([pathOfPage(conversation.id)], fragment ? again : {});
  }

  private move(step: number): void {
    const last = this.flat().length - 1;
    const to = this.activeAt() + step;
    const isSingle = Math.abs(step) === 1;
    if (isSingle && to > last) this.activeAt.set(0);
    else if (isSingle && to < 0) this.activeAt.set(last);
    else this.activeAt.set(Math.min(Math.max(to, 0), last));
    afterNextRender(() => this.reveal(), { injector: this.injector });
  }

  private reveal(): void {
    const active = this.active();
    if (active === null) return;
    this.document.getElementById(this.idOf(active))?.scrollIntoView?.({ block: 'nearest' });
  }

  private recentOptions(): SearchOption[] {
    const recent = [
      ...this.list.pinned(),
      ...this.list.groups().flatMap(({ conversations }) => conversations),
    ];
    return recent
      .slice(0, RECENT)
      .map((conversation) => ({ kind: 'conversation', conversation, hit: null }));
  }
}
