import { Component, computed, inject, input, output, resource } from '@angular/core';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { type AdministeredModel } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { modelLink, modelPath } from '../../models/filter-models';
import { StatusBadge } from '../../models/model-facts';
import { ModelTexts } from '../../models/model-texts';
import { Badge } from '../../ui/badge';
import { Notice } from '../../ui/notice';
import { Region } from '../../ui/page/region';
import { DataTable } from '../../ui/table/data-table';
import { ModelPrices } from './model-prices';
import { ModelRefresh } from './model-refresh';

const TONES = { up: 'good', trial: 'warning', down: 'bad' } as const;

/** One model as engineers see it: settings, endpoints, prices, and what its backends say of it. */
@Component({
  selector: 'app-model-detail',
  imports: [Badge, DataTable, ModelPrices, ModelRefresh, Notice, Region, RouterLink, StatusBadge],
  templateUrl: './model-detail.html',
  styleUrl: './model-detail.scss',
})
export class ModelDetail {
  readonly name = input.required<string>();
  /** The model was changed. */
  readonly changed = output<void>();

  private readonly api = inject(ApiClient);
  protected readonly i18n = inject(I18n);
  protected readonly texts = inject(ModelTexts);
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly common = computed(() => this.messages.text().catalogue);
  protected readonly text = computed(() => this.messages.text().catalogue.engineer);
  protected readonly tones = TONES;
  protected readonly link = computed(() => modelLink(this.name()));
  protected readonly model = resource({
    params: () => this.name(),
    loader: ({ params }) =>
      this.api.get<AdministeredModel>(`/api/admin/models/${modelPath(params)}`),
  });
  protected readonly isUnknown = computed(() => {
    const cause = this.model.error();
    return cause !== undefined && asApiError(cause).status === 404;
  });

  protected afterChange(): void {
    this.model.reload();
    this.changed.emit();
  }
}
