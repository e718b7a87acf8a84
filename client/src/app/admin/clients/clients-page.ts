import { Component, computed, inject, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { type Client, type ClientDetail, type ClientPage } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Badge } from '../../ui/badge';
import { Dialogs } from '../../ui/dialogs';
import { errorText } from '../../ui/error-text';
import { Field, FieldControl } from '../../ui/form/field';
import { type FormDialogData } from '../../ui/form/form-dialog';
import { Icon } from '../../ui/icon/icon';
import { Notice } from '../../ui/notice';
import { keepShown } from '../../ui/page/keep-shown';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';
import { DataTable } from '../../ui/table/data-table';
import { ListedPage } from '../../ui/table/listed-page';
import { Pager } from '../../ui/table/pager';
import { SortHeader } from '../../ui/table/sort-header';
import { Toast } from '../../ui/toast';

/** Every client, for administrators: made here, switched on and off here. */
@Component({
  imports: [
    Badge,
    DataTable,
    Field,
    FieldControl,
    Icon,
    MatButton,
    Notice,
    Page,
    Pager,
    Region,
    RouterLink,
    SortHeader,
  ],
  templateUrl: './clients-page.html',
  styles: `
    .search {
      max-inline-size: 420px;
    }
    .description {
      display: block;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class AdminClientsPage extends ListedPage {
  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);

  protected readonly text = computed(() => this.messages.text().clients);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly clients = keepShown(
    resource({
      params: () => this.query(),
      loader: ({ params }) => this.api.get<ClientPage>(`/api/admin/clients?${params}`),
    }),
  );

  protected async create(): Promise<void> {
    const text = this.text();
    const data: FormDialogData<ClientDetail> = {
      title: text.create,
      text: text.createText,
      action: this.words().create,
      fields: [
        { name: 'name', label: text.name, hint: text.nameHint, longest: 128 },
        {
          name: 'description',
          label: text.description,
          kind: 'long',
          isOptional: true,
          longest: 2000,
        },
        {
          name: 'ownerEmail',
          label: text.ownerEmail,
          hint: text.ownerHint,
          kind: 'email',
          isOptional: true,
        },
      ],
      submit: ({ name, description, ownerEmail }) =>
        this.api.post<ClientDetail>('/api/admin/clients', {
          name,
          description,
          ...(ownerEmail === '' ? {} : { ownerEmail }),
        }),
    };
    const made = await this.dialogs.open<ClientDetail>(
      () => import('../../ui/form/form-dialog').then((file) => file.FormDialog),
      { data, width: '520px', autoFocus: 'input' },
    );
    if (made !== undefined) void this.router.navigate(['/clients', made.id]);
  }

  protected async switch({ id, name, isActive }: Client): Promise<void> {
    const { activatedDone, deactivatedDone, undo } = this.text();
    const said = isActive ? deactivatedDone(name) : activatedDone(name);
    if (!(await this.setActive(id, !isActive))) return;
    if (await this.toast.show(said, undo)) await this.setActive(id, isActive);
  }

  private async setActive(id: string, isActive: boolean): Promise<boolean> {
    try {
      await this.api.patch(`/api/admin/clients/${id}`, { isActive });
      return true;
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
      return false;
    } finally {
      this.clients.reload();
    }
  }
}
