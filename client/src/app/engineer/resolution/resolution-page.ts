import { Component, computed, inject, input, linkedSignal, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError, fieldErrors } from '../../core/api/api-error';
import { type Resolution } from '../../core/api/schema';
import { modelLink } from '../../models/filter-models';
import { ModelTexts } from '../../models/model-texts';
import { Badge, type BadgeTone } from '../../ui/badge';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';

type Outcome = Resolution['steps'][number]['outcome'];

const TONES: Record<Outcome, BadgeTone> = {
  found: 'good',
  nothing: 'neutral',
  not_reached: 'neutral',
  not_asked: 'neutral',
};
const ACCESS_TONES = { allowed: 'good', needs_ack: 'warning', blocked: 'bad' } as const;
const ASKERS = ['nobody', 'user', 'client'] as const;
type Asker = (typeof ASKERS)[number];

/** What a request would be answered by, for whom, and at what price. */
@Component({
  imports: [Badge, MatButton, Page, Region, RouterLink],
  templateUrl: './resolution-page.html',
  styleUrls: ['../../models/fields.scss', './resolution-page.scss'],
})
export class ResolutionPage {
  /** From the address; what is asked. */
  readonly model = input<string>();
  readonly asker = input<string>();
  readonly name = input<string>();

  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  protected readonly texts = inject(ModelTexts);
  private readonly messages = inject(ConsoleText);
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly common = computed(() => this.messages.text().catalogue);
  protected readonly text = computed(() => this.messages.text().catalogue.resolution);
  protected readonly askers = ASKERS;
  protected readonly tones = TONES;
  protected readonly accessTones = ACCESS_TONES;
  protected readonly link = modelLink;

  /** What stands in the form. */
  protected readonly typedModel = linkedSignal(() => this.model() ?? '');
  protected readonly typedAsker = linkedSignal<Asker>(() => askerOf(this.asker()));
  protected readonly typedName = linkedSignal(() => this.name() ?? '');
  protected readonly isNameMissing = signal(false);

  protected readonly resolution = resource({
    params: () => {
      if (this.model() === undefined) return undefined;
      const asker = askerOf(this.asker());
      const query = new URLSearchParams({ model: this.model()!, asker });
      if (asker !== 'nobody') query.set('name', this.name() ?? '');
      return query.toString();
    },
    loader: ({ params }) => this.api.get<Resolution>(`/api/admin/resolution?${params}`),
  });
  /** The server's own refusal of the name, at its field. */
  protected readonly nameProblem = computed(() => {
    if (this.isNameMissing()) return this.text().nameMissing;
    const cause = this.resolution.error();
    return cause === undefined ? '' : (fieldErrors(asApiError(cause))['name'] ?? '');
  });

  protected run(event: Event): void {
    event.preventDefault();
    const asker = this.typedAsker();
    const name = this.typedName().trim();
    this.isNameMissing.set(asker !== 'nobody' && name === '');
    if (this.isNameMissing()) return document.getElementById('resolution-name')?.focus();
    const queryParams = {
      model: this.typedModel(),
      asker: asker === 'nobody' ? null : asker,
      name: asker === 'nobody' ? null : name,
    };
    void this.router.navigate([], { queryParams }).then(() => this.resolution.reload());
  }

  protected choose(value: string): void {
    this.typedAsker.set(askerOf(value));
    this.isNameMissing.set(false);
  }
}

function askerOf(text: string | undefined): Asker {
  return ASKERS.find((asker) => asker === text) ?? 'nobody';
}
