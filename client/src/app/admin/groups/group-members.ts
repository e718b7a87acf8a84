import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { ApiError, asApiError } from '../../core/api/api-error';
import {
  type GroupMembership,
  type GroupMembershipPage,
  type UserPage,
} from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Badge } from '../../ui/badge';
import { Dialogs } from '../../ui/dialogs';
import { errorText } from '../../ui/error-text';
import { Field, FieldControl } from '../../ui/form/field';
import { type FormDialogData } from '../../ui/form/form-dialog';
import { Icon } from '../../ui/icon/icon';
import { keepShown } from '../../ui/page/keep-shown';
import { Region } from '../../ui/page/region';
import { DataTable } from '../../ui/table/data-table';
import { Pager } from '../../ui/table/pager';
import { Toast } from '../../ui/toast';
import { PeopleApi } from '../users/people-api';

/** Who is in a group, and why; people can be put in by hand and taken out again. */
@Component({
  selector: 'app-group-members',
  imports: [Badge, DataTable, Field, FieldControl, Icon, MatButton, Pager, Region, RouterLink],
  templateUrl: './group-members.html',
  styleUrl: './group-part.scss',
})
export class GroupMembers {
  readonly name = input.required<string>();
  readonly mayChange = input.required<boolean>();

  private readonly api = inject(ApiClient);
  private readonly people = inject(PeopleApi);
  private readonly i18n = inject(I18n);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().people.groupTexts);
  protected readonly shared = computed(() => this.messages.text().people);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly search = signal('');
  protected readonly page = signal(1);
  protected readonly members = keepShown(
    resource({
      params: () => ({ name: this.name(), search: this.search(), page: this.page() }),
      loader: ({ params: { name, search, page } }) => {
        const query = new URLSearchParams({ search, page: String(page), pageSize: '20' });
        const address = `/api/admin/groups/${encodeURIComponent(name)}/members?${query}`;
        return this.api.get<GroupMembershipPage>(address);
      },
    }),
  );

  protected find(event: Event): void {
    this.page.set(1);
    this.search.set((event.target as HTMLInputElement).value.trim());
  }

  protected async add(): Promise<void> {
    const text = this.text();
    const data: FormDialogData<string> = {
      title: text.addMember,
      text: text.addMemberText,
      action: text.addMember,
      fields: [{ name: 'email', label: text.email, kind: 'email' }],
      submit: async ({ email = '' }) => {
        await this.people.addToGroup(this.name(), await this.idOf(email));
        return email;
      },
    };
    const added = await this.dialogs.open<string>(
      () => import('../../ui/form/form-dialog').then((file) => file.FormDialog),
      { data, width: '480px', autoFocus: 'input' },
    );
    if (added === undefined) return;
    this.members.reload();
    void this.toast.show(text.addedDone(added));
  }

  protected async remove({ id, email }: GroupMembership): Promise<void> {
    try {
      await this.people.removeFromGroup(this.name(), id);
      this.members.reload();
      if (await this.toast.show(this.text().removedDone(email), this.shared().undo)) {
        await this.people.addToGroup(this.name(), id);
        this.members.reload();
      }
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
    }
  }

  private async idOf(email: string): Promise<string> {
    const query = new URLSearchParams({ search: email, pageSize: '25' });
    const { items } = await this.api.get<UserPage>(`/api/admin/users?${query}`);
    const found = items.find((user) => user.email === email.toLowerCase());
    if (found) return found.id;
    const fields = { email: [this.text().unknownPerson] };
    throw new ApiError(404, 'not_found', this.text().unknownPerson, null, null, { fields });
  }
}
