import { Component, computed, inject, input, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type ModelCardList } from '../core/api/schema';
import { localStore } from '../core/storage';
import { type Choice, ChoiceBar } from '../ui/choice-bar';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page/page';
import { Region } from '../ui/page/region';
import { DataTable } from '../ui/table/data-table';
import { filterModels, modelLink } from './filter-models';
import { type FilterChoice, FilterRow } from './filter-row';
import { ModelCardView } from './model-card';
import { AccessBadge, StatusBadge } from './model-facts';
import { ModelTexts } from './model-texts';

const VIEW_KEY = 'models.view';

/** Every model there is: what it is for, what it costs, and whether one may use it. */
@Component({
  imports: [
    AccessBadge,
    ChoiceBar,
    DataTable,
    FilterRow,
    MatButton,
    ModelCardView,
    Notice,
    Page,
    Region,
    RouterLink,
    StatusBadge,
  ],
  templateUrl: './models-page.html',
  styleUrl: './models-page.scss',
})
export class ModelsPage {
  /** From the address. */
  readonly search = input<string>();
  readonly access = input<string>();
  readonly modality = input<string>();
  readonly status = input<string>();
  readonly view = input<string>();

  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly messages = inject(ConsoleText);
  protected readonly texts = inject(ModelTexts);
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly text = computed(() => this.messages.text().catalogue);
  protected readonly link = modelLink;

  protected readonly models = resource({
    loader: () => this.api.get<ModelCardList>('/api/catalogue'),
  });
  protected readonly shown = computed(() => {
    const { models } = this.models.value() ?? { models: [] };
    return filterModels(models, {
      search: this.search() ?? '',
      access: this.access() ?? '',
      modality: this.modality() ?? '',
      status: this.status() ?? '',
    });
  });
  /** As chosen last, where the address does not say. */
  protected readonly shownAs = computed(() => this.view() ?? localStore.read(VIEW_KEY) ?? 'cards');
  protected readonly views = computed<Choice[]>(() => [
    { value: 'cards', label: this.text().cards, icon: 'grid_on' },
    { value: 'table', label: this.text().table, icon: 'view_list' },
  ]);
  protected readonly filters = computed<FilterChoice[]>(() => {
    const { filters, accesses, status, modality } = this.text();
    const found = this.models.hasValue() ? this.models.value().models : [];
    const kinds = [...new Set(found.flatMap((model) => model.inputModalities))];
    const choicesOf = (labels: Record<string, string>, values = Object.keys(labels)) =>
      values.map((value) => ({ value, label: labels[value] ?? value }));
    return [
      {
        name: 'access',
        label: filters.access,
        value: this.access() ?? '',
        choices: choicesOf(accesses),
      },
      {
        name: 'modality',
        label: filters.modality,
        value: this.modality() ?? '',
        choices: choicesOf(modality, kinds),
      },
      {
        name: 'status',
        label: filters.status,
        value: this.status() ?? '',
        choices: choicesOf(status),
      },
    ];
  });

  protected filter({ name, value }: { name: string; value: string }): void {
    void this.router.navigate([], {
      queryParams: { [name]: value === '' ? null : value },
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }

  protected showAs(view: string): void {
    localStore.write(VIEW_KEY, view);
    this.filter({ name: 'view', value: view });
  }
}
