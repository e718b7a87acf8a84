import { Component, computed, inject, input, resource } from '@angular/core';

import { ApiClient } from '../core/api/api-client';
import { type Latencies, type OwnUsage, type UsageLatencies } from '../core/api/schema';
import { Figures } from '../ui/charts/figures';
import { keepShown } from '../ui/page/keep-shown';
import { Region } from '../ui/page/region';
import { DataTable } from '../ui/table/data-table';
import { UsageWords } from './usage-words';

const SHOWN = 8;

/** How long models take, and how often they fail: quantiles where they are known, else averages. */
@Component({
  selector: 'app-model-speeds',
  imports: [DataTable, Region],
  template: `
    <h2>{{ text().title }}</h2>
    <p>{{ latencies()?.total ? text().note : text().averages }}</p>
    <app-region skeleton="text" [of]="models">
      <ng-template>
        <table appDataTable>
          <caption class="sr-only">
            {{
              text().title
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ text().model }}</th>
              <th scope="col" class="number">{{ text().firstToken }}</th>
              <th scope="col" class="number">{{ text().whole }}</th>
              <th scope="col" class="number">{{ text().failed }}</th>
            </tr>
          </thead>
          <tbody>
            @for (row of rows(); track row.key) {
              <tr>
                <th scope="row">{{ row.name }}</th>
                <td class="number" [attr.data-label]="text().firstToken">{{ row.firstToken }}</td>
                <td class="number" [attr.data-label]="text().whole">{{ row.whole }}</td>
                <td class="number" [attr.data-label]="text().failed">{{ row.failed }}</td>
              </tr>
            }
          </tbody>
        </table>
      </ng-template>
    </app-region>
  `,
  styles: `
    :host {
      display: grid;
      gap: 4px;
      min-inline-size: 0;
    }
    h2 {
      margin: 0;
      font: var(--mat-sys-title-medium);
    }
    p {
      margin: 0 0 8px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class ModelSpeeds {
  /** Where the server has usage by model. */
  readonly address = input.required<string>();
  readonly latencies = input<UsageLatencies | null>(null);

  private readonly api = inject(ApiClient);
  private readonly figures = inject(Figures);
  private readonly words = inject(UsageWords);
  protected readonly text = computed(() => this.words.text().speeds);
  protected readonly models = keepShown(
    resource({
      params: () => this.address(),
      loader: ({ params }) => this.api.get<Pick<OwnUsage, 'items'>>(params),
    }),
  );
  protected readonly rows = computed(() =>
    this.models
      .value()
      .items.toSorted((one, other) => other.requests - one.requests)
      .slice(0, SHOWN)
      .map(({ key, requests, errors, averageFirstByteMs, averageDurationMs }) => ({
        key,
        name: this.words.modelName(key),
        firstToken: this.taken(key, 'firstToken', averageFirstByteMs),
        whole: this.taken(key, 'whole', averageDurationMs),
        failed: this.figures.percent(requests === 0 ? 0 : errors / requests),
      })),
  );

  private taken(model: string, what: keyof Latencies, averageMs: number | null): string {
    const latencies = this.latencies();
    if (!latencies?.total) return this.duration(averageMs);
    const found = latencies.models.find((one) => one.model === model)?.[what];
    if (!found?.count) return this.duration(null);
    return this.text().quantiles(this.duration(found.p50Ms), this.duration(found.p95Ms));
  }

  private duration(ms: number | null): string {
    return ms === null ? '–' : this.figures.duration(ms);
  }
}
