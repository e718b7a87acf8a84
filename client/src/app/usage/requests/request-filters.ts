import { Injectable, computed, inject } from '@angular/core';

import { type UsageFilter } from '../usage-filters';
import { UsageWords } from '../usage-words';

const OUTCOMES = ['completed', 'cancelled', 'failed', 'refused'] as const;
/** Those that tell something: what people are told most often. */
const STATUSES = [
  '200',
  '400',
  '401',
  '403',
  '404',
  '408',
  '429',
  '499',
  '500',
  '502',
  '503',
  '504',
];

/** By how requests ended; beside those of usage. */
@Injectable()
export class RequestFilters {
  private readonly text = inject(UsageWords).text;

  readonly filters = computed<UsageFilter[]>(() => {
    const { filters, requests } = this.text();
    return [
      {
        name: 'outcome',
        label: filters.outcome,
        all: filters.allOutcomes,
        options: OUTCOMES.map((value) => ({ value, label: requests.outcomes[value] })),
      },
      {
        name: 'status',
        label: filters.status,
        all: filters.status,
        options: STATUSES.map((value) => ({ value, label: `HTTP ${value}` })),
      },
    ];
  });
}
