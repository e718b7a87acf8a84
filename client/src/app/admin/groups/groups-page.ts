import { Component, computed, inject, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { type Group, type GroupPage } from '../../core/api/schema';
import { hasRole } from '../../core/auth/roles';
import { Session } from '../../core/auth/session';
import { I18n } from '../../core/i18n/i18n';
import { Badge } from '../../ui/badge';
import { Dialogs } from '../../ui/dialogs';
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

const UNLIMITED = -2;

/** Every group, of config.yaml and of the console, with what it gives. */
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
  templateUrl: './groups-page.html',
  styleUrl: './groups-page.scss',
})
export class GroupsPage extends ListedPage {
  private readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly session = inject(Session);
  private readonly messages = inject(ConsoleText);

  protected readonly text = computed(() => this.messages.text().people.groupTexts);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly mayChange = computed(() => hasRole(this.session.me(), ['admin']));
  protected readonly groups = keepShown(
    resource({
      params: () => this.query(),
      loader: ({ params }) => this.api.get<GroupPage>(`/api/admin/groups?${params}`),
    }),
  );

  protected rulesOf({ rules, name }: Group): string {
    if (name === 'default') return this.text().everyone;
    if (rules.length === 0) return this.text().byHand;
    const { contains, equals } = this.text().operators;
    return rules
      .map((rule) =>
        rule.equals == null
          ? `${rule.field} ${contains} “${rule.contains}”`
          : `${rule.field} ${equals} “${rule.equals}”`,
      )
      .join(` ${this.text().and} `);
  }

  protected coinsOf({ coins }: Group): string {
    if (coins === null) return this.text().notSaid;
    if (coins.max === UNLIMITED) return this.words().unlimited;
    if (coins.max === 0) return this.words().none;
    const refresh = coins.refresh ?? 0;
    const max = this.i18n.number(coins.max);
    return refresh > 0 ? this.text().coinsAndRefresh(max, this.i18n.number(refresh)) : max;
  }

  protected async create(): Promise<void> {
    const text = this.text();
    const data: FormDialogData<Group> = {
      title: text.createTitle,
      text: text.createText,
      action: this.words().create,
      fields: [
        { name: 'name', label: text.name, hint: text.nameHint, longest: 128 },
        {
          name: 'description',
          label: text.description,
          kind: 'long',
          isOptional: true,
          longest: 1000,
        },
      ],
      submit: ({ name, description }) =>
        this.api.post<Group>('/api/admin/groups', { name, description }),
    };
    const made = await this.dialogs.open<Group>(
      () => import('../../ui/form/form-dialog').then((file) => file.FormDialog),
      { data, width: '520px', autoFocus: 'input' },
    );
    if (made !== undefined) void this.router.navigate(['/admin/groups', made.name]);
  }
}
