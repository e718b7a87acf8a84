import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { type ModelRefresh as Refresh, type ModelRefreshList } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { CopyButton } from '../../ui/copy-button';
import { errorText } from '../../ui/error-text';
import { DataTable } from '../../ui/table/data-table';
import { Toast } from '../../ui/toast';

/** What the backends say of a model beside what is known, to be applied or copied. */
@Component({
  selector: 'app-model-refresh',
  imports: [CopyButton, DataTable, MatButton],
  templateUrl: './model-refresh.html',
  styleUrl: './model-refresh.scss',
})
export class ModelRefresh {
  readonly model = input.required<string>();
  readonly changed = output<void>();

  private readonly api = inject(ApiClient);
  private readonly toast = inject(Toast);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly text = computed(() => this.messages.text().catalogue.engineer);
  protected readonly common = computed(() => this.messages.text().catalogue);
  protected readonly isBusy = signal(false);
  protected readonly told = signal<Refresh | null>(null);
  protected readonly failure = signal('');
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());

  protected ask(): Promise<void> {
    return this.work(async () => {
      const body = { model: this.model() };
      const { models } = await this.api.post<ModelRefreshList>('/api/admin/models/refresh', body);
      const [told = null] = models;
      this.told.set(told);
      this.chosen.set(new Set(told?.proposals.map(({ field }) => field)));
    });
  }

  protected async apply(): Promise<void> {
    if (this.chosen().size === 0) return;
    await this.work(async () => {
      const wanted = this.told()?.proposals.filter(({ field }) => this.chosen().has(field)) ?? [];
      const values = Object.fromEntries(wanted.map(({ field, proposed }) => [field, proposed]));
      await this.api.post('/api/admin/models/refresh/apply', { model: this.model(), values });
      void this.toast.show(this.text().applied);
      this.told.set(null);
      this.changed.emit();
    });
  }

  protected choose(field: string, isChosen: boolean): void {
    const others = [...this.chosen()].filter((each) => each !== field);
    this.chosen.set(new Set(isChosen ? [...others, field] : others));
  }

  protected shown(value: unknown): string {
    if (value === null || value === undefined) return this.words().unknown;
    if (typeof value === 'boolean') return value ? this.words().yes : this.words().no;
    if (typeof value === 'number') return this.i18n.number(value);
    return Array.isArray(value) ? value.join(', ') : String(value);
  }

  private async work(work: () => Promise<void>): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.failure.set('');
    try {
      await work();
    } catch (cause) {
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      this.isBusy.set(false);
    }
  }
}
