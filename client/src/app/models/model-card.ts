import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../console/console-text';
import { type ModelCard } from '../core/api/schema';
import { modelLink } from './filter-models';
import { AccessBadge, StatusBadge } from './model-facts';
import { ModelTexts } from './model-texts';

/** One model among many: what it is for, what it costs, how it fares, whether one may use it. */
@Component({
  selector: 'app-model-card',
  imports: [AccessBadge, RouterLink, StatusBadge],
  template: `
    <h2>
      <a [routerLink]="link()">{{ model().model }}</a>
    </h2>
    <p class="purpose">{{ model().description ?? text().noPurpose }}</p>
    <p class="badges">
      <app-status-badge [status]="model().status" />
      <app-access-badge [access]="model().access" />
    </p>
    @if (model().access === 'blocked') {
      <p class="why">{{ texts.reason(model()) }}</p>
    }
    <dl>
      <div>
        <dt>{{ text().price }}</dt>
        <dd [title]="text().perMillion">{{ texts.price(model()) }}</dd>
      </div>
      <div>
        <dt>{{ text().context }}</dt>
        <dd>{{ texts.tokens(model().contextWindow) }}</dd>
      </div>
      <div>
        <dt>{{ text().modalities }}</dt>
        <dd>{{ texts.modalities(model().inputModalities) }}</dd>
      </div>
      @if (model().load; as load) {
        <div>
          <dt>{{ text().load }}</dt>
          <dd>{{ text().loads[load] }}</dd>
        </div>
      }
    </dl>
  `,
  styleUrl: './model-card.scss',
})
export class ModelCardView {
  readonly model = input.required<ModelCard>();

  protected readonly texts = inject(ModelTexts);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().catalogue);
  protected readonly link = computed(() => modelLink(this.model().model));
}
