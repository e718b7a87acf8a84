import { Component, computed, inject, input, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { asApiError } from '../core/api/api-error';
import { type ClientDetail } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { Badge } from '../ui/badge';
import { chooseVersion } from '../ui/conflict/choose-version';
import { Dialogs } from '../ui/dialogs';
import { errorText } from '../ui/error-text';
import { type FormDialogData } from '../ui/form/form-dialog';
import { keepShown } from '../ui/page/keep-shown';
import { Page } from '../ui/page/page';
import { Region } from '../ui/page/region';
import { Toast } from '../ui/toast';
import { ClientBudget } from './client-budget';
import { ClientKeys } from './client-keys';
import { ClientManagers } from './client-managers';
import { ClientModels } from './client-models';
import { ClientUsage } from './client-usage';

/** What may be said of a client, and which state of it that is. */
type Said = Pick<ClientDetail, 'description' | 'version'>;

/** One client, for those who manage it and for administrators. */
@Component({
  imports: [
    Badge,
    ClientBudget,
    ClientKeys,
    ClientManagers,
    ClientModels,
    ClientUsage,
    MatButton,
    Page,
    Region,
  ],
  templateUrl: './client-page.html',
  styleUrl: './client-page.scss',
})
export class ClientPage {
  readonly id = input.required<string>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);

  protected readonly text = computed(() => this.messages.text().clients);
  protected readonly words = computed(() => this.messages.text().words);
  private readonly nav = computed(() => this.messages.text().nav);
  private readonly address = computed(() => `/api/clients/${encodeURIComponent(this.id())}`);
  protected readonly client = keepShown(
    resource({
      params: () => this.address(),
      loader: ({ params }) => this.api.get<ClientDetail>(params),
    }),
  );
  protected readonly heading = computed(() =>
    this.client.hasValue() ? this.client.value().name : this.nav().clients,
  );
  /** Owners and administrators switch it on and off. */
  protected readonly isOwner = computed(() => this.client.value().role !== 'manager');

  protected async describe(): Promise<void> {
    const text = this.text();
    const data: FormDialogData<Said> = {
      title: text.editDescription,
      action: this.words().save,
      fields: [
        {
          name: 'description',
          label: text.description,
          kind: 'long',
          isOptional: true,
          longest: 2000,
          value: this.client.value().description,
        },
      ],
      submit: ({ description = '' }) => this.describeAs(description, this.client.value()),
    };
    const saved = await this.dialogs.open<Said>(
      () => import('../ui/form/form-dialog').then((file) => file.FormDialog),
      { data, width: '520px', autoFocus: 'textarea' },
    );
    if (saved !== undefined) this.client.reload();
  }

  /** Where somebody else described it since it was `seen`, both versions are shown, and one stays. */
  private async describeAs(description: string, seen: Said): Promise<Said> {
    try {
      const body = { description, basedOn: seen.version };
      return await this.api.patch<ClientDetail>(this.address(), body);
    } catch (cause) {
      const current = asApiError(cause).details['current'] as Said | undefined;
      if (current === undefined) throw cause;
      if (current.description === seen.description) return this.describeAs(description, current);
      const shown = (text: string) => new Map([[this.text().description, text]]);
      const [theirs, mine] = [shown(current.description), shown(description)];
      const kept = await chooseVersion(this.dialogs, theirs, mine);
      return kept === 'mine' ? this.describeAs(description, current) : current;
    }
  }

  protected async switch(isActive: boolean): Promise<void> {
    const { name, version } = this.client.value();
    const { activatedDone, deactivatedDone, undo } = this.text();
    const changed = await this.setActive(isActive, version);
    if (changed === null) return;
    const said = isActive ? activatedDone(name) : deactivatedDone(name);
    if (await this.toast.show(said, undo)) await this.setActive(!isActive, changed);
  }

  /** Answers the version that the client then has; null where it was refused. */
  private async setActive(isActive: boolean, basedOn: string): Promise<string | null> {
    try {
      const body = { isActive, basedOn };
      const { version } = await this.api.patch<ClientDetail>(this.address(), body);
      return version;
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
      return null;
    } finally {
      this.client.reload();
    }
  }
}
