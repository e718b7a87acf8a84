import { Component, ElementRef, Injector, afterNextRender, computed, inject } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink } from '@angular/router';

import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { Icon } from '../../ui/icon/icon';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page/page';
import { pathOfPage } from './conversation-changes';
import { ConversationList } from './conversation-list';
import { WhenSeen } from './when-seen';

/** The conversations that were put away. */
@Component({
  imports: [Icon, MatButton, MatIconButton, MatTooltip, Notice, Page, RouterLink, WhenSeen],
  templateUrl: './archive-page.html',
  styleUrl: './archive-page.scss',
})
export class ArchivePage {
  protected readonly list = inject(ConversationList);
  protected readonly i18n = inject(I18n);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);

  protected readonly text = computed(() => this.i18n.text().conversations);
  protected readonly part = this.list.archivedPart;
  protected readonly failure = computed(() => {
    const failure = this.part.failure();
    return failure === null ? '' : errorText(failure, this.i18n.text().errors);
  });

  constructor() {
    void this.list.loadArchive();
  }

  protected pathOf(id: string): string {
    return pathOfPage(id);
  }

  protected unarchive(id: string): void {
    this.leave(id, () => this.list.archive(id, false));
  }

  protected remove(id: string): void {
    this.leave(id, () => this.list.remove(id));
  }

  /** The row that had the focus goes: its neighbour has it then, or the heading. */
  private leave(id: string, leave: () => unknown): void {
    const links = [...this.host.querySelectorAll<HTMLElement>('li a')];
    const at = this.list.archived().findIndex((one) => one.id === id);
    leave();
    afterNextRender(
      () => {
        const heading = this.host.querySelector<HTMLElement>('h1');
        [links[at + 1], links[at - 1], heading].find((one) => one?.isConnected)?.focus();
      },
      { injector: this.injector },
    );
  }
}
