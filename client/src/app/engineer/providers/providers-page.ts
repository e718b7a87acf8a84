import {
  Component,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  resource,
  signal,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import {
  type AdministeredModelPage,
  type ProviderDetail,
  type ProviderDetailList,
} from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Badge } from '../../ui/badge';
import { Dialogs } from '../../ui/dialogs';
import { errorText } from '../../ui/error-text';
import { Icon } from '../../ui/icon/icon';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';
import { DataTable } from '../../ui/table/data-table';
import { Toast } from '../../ui/toast';
import { ProviderForm } from './provider-form';

/** The providers: made, changed, tested and deleted here; what config.yaml owns is only shown. */
@Component({
  imports: [
    Badge,
    DataTable,
    Icon,
    MatButton,
    MatIconButton,
    MatTooltip,
    Notice,
    Page,
    ProviderForm,
    Region,
    RouterLink,
  ],
  templateUrl: './providers-page.html',
  styleUrl: './providers-page.scss',
})
export class ProvidersPage {
  /** From the address: the id of the provider that is edited, or `new`. */
  readonly edit = input<string>();

  private readonly injector = inject(Injector);
  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly text = computed(() => this.messages.text().catalogue.providers);
  protected readonly isBusy = signal(false);

  protected readonly providers = resource({
    loader: () => this.api.get<ProviderDetailList>('/providers/admin'),
  });
  protected readonly fileModels = resource({
    loader: () => this.api.get<AdministeredModelPage>('/api/admin/models?source=file&pageSize=200'),
  });
  protected readonly list = computed(() => this.providers.value()?.providers ?? []);
  protected readonly edited = computed(
    () => this.list().find(({ id }) => id === this.edit()) ?? null,
  );
  protected readonly isFormOpen = computed(() => this.edit() === 'new' || this.edited() !== null);
  protected readonly heading = computed(() => {
    if (!this.isFormOpen()) return this.nav().providers;
    const provider = this.edited();
    return provider === null ? this.text().newTitle : this.text().editTitle(provider.name);
  });

  protected afterSaving({ name }: ProviderDetail): void {
    void this.toast.show(this.text().saved(name));
    this.providers.reload();
    this.close();
  }

  protected close(): void {
    const focusHeading = () => document.querySelector<HTMLElement>('main h1')?.focus();
    void this.router
      .navigate(['/admin/providers'])
      .then(() => afterNextRender(focusHeading, { injector: this.injector }));
  }

  protected test(provider: ProviderDetail): void {
    const load = () => import('./provider-test-dialog').then((file) => file.ProviderTestDialog);
    void this.dialogs.open(load, { data: provider, width: '520px' });
  }

  protected async toggleDefault({ id, isDefault, updatedAt }: ProviderDetail): Promise<void> {
    if (this.isBusy()) return;
    await this.change(() =>
      this.api.patch(`/providers/${id}`, { isDefault: !isDefault, updatedAt }),
    );
  }

  protected async remove({ id, name, models }: ProviderDetail): Promise<void> {
    if (this.isBusy()) return;
    const { deleteTitle, deleteText, deleted } = this.text();
    const data = {
      title: deleteTitle(name),
      text: deleteText(models.length),
      action: this.words().delete,
    };
    const load = () => import('../../ui/confirm-dialog').then((file) => file.ConfirmDialog);
    const isWanted = await this.dialogs.open<boolean>(load, {
      data,
      width: '440px',
      role: 'alertdialog',
    });
    if (isWanted !== true) return;
    const isDone = await this.change(() => this.api.delete(`/providers/${id}`));
    if (isDone) void this.toast.show(deleted(name));
  }

  /** Whatever comes of it, the list then is what the server has. */
  private async change(work: () => Promise<unknown>): Promise<boolean> {
    this.isBusy.set(true);
    try {
      await work();
      return true;
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
      return false;
    } finally {
      this.isBusy.set(false);
      this.providers.reload();
    }
  }
}
