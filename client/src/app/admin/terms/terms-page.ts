import {
  Component,
  ElementRef,
  computed,
  inject,
  linkedSignal,
  resource,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { type PublishedTerms, type PublishedTermsList } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Terms } from '../../terms/terms';
import { Dialogs } from '../../ui/dialogs';
import { errorText } from '../../ui/error-text';
import { Markdown } from '../../ui/markdown/markdown';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';
import { DataTable } from '../../ui/table/data-table';
import { Toast } from '../../ui/toast';

/** The terms of use: the version in force, the next one, and those before. */
@Component({
  imports: [
    DataTable,
    Markdown,
    MatButton,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    Page,
    Region,
  ],
  templateUrl: './terms-page.html',
  styleUrl: './terms-page.scss',
})
export class TermsPage {
  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly messages = inject(ConsoleText);
  private readonly mine = inject(Terms);
  private readonly toast = inject(Toast);
  private readonly field = viewChild<ElementRef<HTMLElement>>('field');

  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly text = computed(() => this.messages.text().announcements.terms);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly list = resource({
    loader: () => this.api.get<PublishedTermsList>('/api/admin/terms'),
  });
  protected readonly versions = computed(() => this.list.value()?.versions ?? []);
  protected readonly newest = computed<PublishedTerms | null>(() => this.versions()[0] ?? null);
  /** The next version begins as the newest; what was typed stays when the list is read again. */
  protected readonly draft = linkedSignal<PublishedTerms | null, string>({
    source: this.newest,
    computation: (newest, previous) => {
      const isTyped = previous !== undefined && previous.value !== (previous.source?.text ?? '');
      return isTyped ? previous.value : (newest?.text ?? '');
    },
  });
  protected readonly changes = signal('');
  protected readonly problem = signal<string | null>(null);
  protected readonly isSending = signal(false);

  protected async publish(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isSending()) return;
    if (this.draft().trim() === '') {
      this.problem.set(this.text().required);
      this.field()?.nativeElement.focus();
      return;
    }
    const { confirmTitle, confirmText, confirm, published } = this.text();
    const basedOn = this.newest()?.version ?? 0;
    const version = this.i18n.number(basedOn + 1);
    if (!(await this.confirm(confirmTitle(version), confirmText, confirm))) return;
    const body = { text: this.draft(), changes: this.changes().trim(), basedOn };
    await this.sending(async () => {
      await this.api.post('/api/admin/terms', body);
      this.changes.set('');
      void this.toast.show(published(version));
    });
  }

  protected async withdraw({ version }: PublishedTerms): Promise<void> {
    if (this.isSending()) return;
    const { withdrawTitle, withdrawText, withdraw, withdrawDone } = this.text();
    if (!(await this.confirm(withdrawTitle, withdrawText, withdraw))) return;
    await this.sending(async () => {
      await this.api.delete(`/api/admin/terms/${version}`);
      void this.toast.show(withdrawDone);
    });
  }

  private async confirm(title: string, text: string, action: string): Promise<boolean> {
    const isConfirmed = await this.dialogs.open<boolean>(
      () => import('../../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      { data: { title, text, action }, width: '440px', role: 'alertdialog' },
    );
    return isConfirmed === true;
  }

  private async sending(what: () => Promise<void>): Promise<void> {
    this.isSending.set(true);
    this.problem.set(null);
    try {
      await what();
    } catch (cause) {
      this.problem.set(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      this.isSending.set(false);
      this.list.reload();
      void this.mine.load();
    }
  }
}
