import { Component, computed, inject, input, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type ApiKey, type ApiKeyList, type CreatedApiKey } from '../core/api/schema';
import { type KeyCountersList } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { Dialogs } from '../ui/dialogs';
import { type FormDialogData } from '../ui/form/form-dialog';
import { Icon } from '../ui/icon/icon';
import { keepShown } from '../ui/page/keep-shown';
import { Region } from '../ui/page/region';
import { DataTable } from '../ui/table/data-table';
import { Toast } from '../ui/toast';

const OVERLAPS = ['0', '1', '24', '168'] as const;

/** The keys of a client: made and shown once, replaced, and ended after its name was typed. */
@Component({
  selector: 'app-client-keys',
  imports: [DataTable, Icon, MatButton, Region],
  templateUrl: './client-keys.html',
  styleUrl: '../ui/part.scss',
})
export class ClientKeys {
  readonly clientId = input.required<string>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().clients);
  protected readonly words = computed(() => this.messages.text().words);
  private readonly address = computed(() => `/api/clients/${this.clientId()}/keys`);
  protected readonly keys = keepShown(
    resource({
      params: () => this.address(),
      loader: async ({ params }) => {
        const [{ keys }, { counters }] = await Promise.all([
          this.api.get<ApiKeyList>(params),
          this.api.get<KeyCountersList>(`${params}/usage`),
        ]);
        const requests = new Map(counters.map((counter) => [counter.keyId, counter.requests]));
        const rows = keys.map((key) => ({ ...key, requests: requests.get(key.id) ?? 0 }));
        return { live: rows.filter(isLive), ended: rows.filter((key) => !isLive(key)) };
      },
    }),
  );

  protected async create(): Promise<void> {
    const text = this.text();
    await this.make({
      title: text.createKey,
      action: this.words().create,
      fields: [
        { name: 'name', label: text.keyName, hint: text.keyNameHint, longest: 100 },
        {
          name: 'expiresAt',
          label: text.expiresAt,
          hint: text.expiresHint,
          kind: 'date',
          isOptional: true,
        },
      ],
      check: ({ expiresAt }): Record<string, string> =>
        expiresAt && Date.parse(expiresAt) <= Date.now() ? { expiresAt: text.inPast } : {},
      submit: ({ name, expiresAt }) =>
        this.api.post<CreatedApiKey>(this.address(), { name, expiresAt: expiresAt || null }),
    });
  }

  protected async rotate({ id, name }: ApiKey): Promise<void> {
    const text = this.text();
    await this.make({
      title: text.rotateTitle(name),
      text: text.rotateText,
      action: text.rotate,
      fields: [
        {
          name: 'overlapHours',
          label: text.overlap,
          kind: 'choice',
          value: '24',
          choices: OVERLAPS.map((value) => ({ value, label: text.overlaps[value] })),
        },
      ],
      submit: ({ overlapHours }) =>
        this.api.post<CreatedApiKey>(`${this.address()}/${id}/rotation`, {
          overlapHours: Number(overlapHours),
        }),
    });
  }

  protected async revoke({ id, name }: ApiKey): Promise<void> {
    const text = this.text();
    const data: FormDialogData<boolean> = {
      title: text.revokeTitle(name),
      text: text.revokeText,
      action: text.revoke,
      isDanger: true,
      fields: [{ name: 'name', label: text.typeName(name) }],
      check: (values): Record<string, string> =>
        values['name'] === name.trim() ? {} : { name: text.notTheName(name) },
      submit: async () => {
        await this.api.delete(`${this.address()}/${id}`);
        return true;
      },
    };
    const isDone = await this.dialogs.open<boolean>(
      () => import('../ui/form/form-dialog').then((file) => file.FormDialog),
      { data, width: '480px', autoFocus: 'input' },
    );
    if (isDone !== true) return;
    this.keys.reload();
    void this.toast.show(text.revokedDone(name));
  }

  /** Makes a key by a dialog and shows it, this once. */
  private async make(data: FormDialogData<CreatedApiKey>): Promise<void> {
    const created = await this.dialogs.open<CreatedApiKey>(
      () => import('../ui/form/form-dialog').then((file) => file.FormDialog),
      { data, width: '480px', autoFocus: 'input, select' },
    );
    if (created === undefined) return;
    this.keys.reload();
    await this.dialogs.open(
      () => import('./shown-key-dialog').then((file) => file.ShownKeyDialog),
      {
        data: created,
        width: '560px',
        disableClose: true,
      },
    );
  }
}

function isLive({ revokedAt, expiresAt }: ApiKey): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now());
}
