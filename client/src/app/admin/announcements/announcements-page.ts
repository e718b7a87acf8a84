import { Component, ElementRef, computed, inject, resource, viewChild } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { type Announcement, type AnnouncementList } from '../../core/api/schema';
import { Announcements } from '../../core/announcements/announcements';
import { I18n } from '../../core/i18n/i18n';
import { Badge, type BadgeTone } from '../../ui/badge';
import { Dialogs } from '../../ui/dialogs';
import { errorText } from '../../ui/error-text';
import { Icon } from '../../ui/icon/icon';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';
import { DataTable } from '../../ui/table/data-table';
import { Toast } from '../../ui/toast';
import { type Status, statusOf } from './announcement-status';

const TONES: Record<Status, BadgeTone> = { scheduled: 'accent', active: 'good', over: 'neutral' };

/** What is announced, was, and will be. */
@Component({
  imports: [Badge, DataTable, Icon, MatButton, MatIconButton, Notice, Page, Region],
  templateUrl: './announcements-page.html',
  styles: `
    .intro {
      margin: 0;
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class AnnouncementsPage {
  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly messages = inject(ConsoleText);
  private readonly shown = inject(Announcements);
  private readonly toast = inject(Toast);
  private readonly createButton = viewChild('createButton', { read: ElementRef });

  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly text = computed(() => this.messages.text().announcements);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly tones = TONES;
  protected readonly list = resource({
    loader: () => this.api.get<AnnouncementList>('/api/admin/announcements'),
  });

  protected statusOf(announcement: Announcement): Status {
    return statusOf(announcement, new Date());
  }

  protected audienceOf({ audience, groups }: Announcement): string {
    return audience === 'groups' ? groups.join(', ') : this.text().audiences[audience];
  }

  /** `announcement` is changed; without one, one is made. */
  protected async edit(announcement: Announcement | null = null): Promise<void> {
    const saved = await this.dialogs.open<Announcement>(
      () => import('./announcement-editor').then((file) => file.AnnouncementEditor),
      { data: announcement, width: '760px', disableClose: true, autoFocus: '#announcement-title' },
    );
    if (saved === undefined) return;
    this.changed();
    void this.toast.show(this.text().saved(saved.title));
  }

  protected async remove(announcement: Announcement): Promise<void> {
    const { deleteTitle, deleteText, deleted } = this.text();
    const title = deleteTitle(announcement.title);
    const data = { title, text: deleteText, action: this.words().delete };
    const isConfirmed = await this.dialogs.open<boolean>(
      () => import('../../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      { data, width: '440px', role: 'alertdialog' },
    );
    if (isConfirmed !== true) return;
    try {
      await this.api.delete(`/api/admin/announcements/${announcement.id}`);
      // The row that had the focus is gone.
      this.createButton()?.nativeElement.focus();
      this.changed();
      void this.toast.show(deleted(announcement.title));
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
    }
  }

  private changed(): void {
    this.list.reload();
    void this.shown.load();
  }
}
