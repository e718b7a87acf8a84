import { DIALOG_DATA } from '@angular/cdk/dialog';
import { Component, computed, inject } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { CopyButton } from '../../ui/copy-button';
import { coinsText } from '../conversation/coins';
import { type Answer } from './answer';

/** What an answer took, in full: for the curious, and for support. */
@Component({
  imports: [CopyButton],
  template: `
    <h2>{{ text().title }}</h2>
    <dl>
      @for (row of rows(); track row.name) {
        <div [class.is-part]="row.isPart">
          <dt>{{ row.name }}</dt>
          <dd>{{ row.value }}</dd>
        </div>
      }
    </dl>
    @if (answer.metrics()?.isEstimated) {
      <p class="estimated">{{ text().estimated }}</p>
    }
    @if (answer.metrics()?.requestId; as id) {
      <div class="request">
        <div>
          <span class="name">{{ text().requestId }}</span>
          <code>{{ id }}</code>
        </div>
        <app-copy-button [text]="id" [label]="text().copyRequestId" />
      </div>
    }
  `,
  styleUrl: './answer-details.scss',
})
export class AnswerDetails {
  protected readonly answer = inject<Answer>(DIALOG_DATA);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat.details);
  protected readonly rows = computed(() => {
    const text = this.text();
    const metrics = this.answer.metrics();
    const speed = this.answer.tokensPerSecond();
    const tokens = (count?: number | null) => (count ? this.i18n.number(count) : null);
    const seconds = (ms?: number | null) =>
      (ms ?? null) === null ? null : text.seconds(this.i18n.number((ms ?? 0) / 1000));
    const cost = metrics?.cost ?? null;
    const rows = [
      { name: text.model, value: this.answer.modelName },
      { name: text.cost, value: cost && coinsText(cost, this.i18n.language()) },
      { name: text.input, value: tokens(metrics?.promptTokens) },
      { name: text.cached, value: tokens(metrics?.cachedTokens), isPart: true },
      { name: text.output, value: tokens(metrics?.completionTokens) },
      { name: text.reasoning, value: tokens(metrics?.reasoningTokens), isPart: true },
      { name: text.firstToken, value: seconds(metrics?.firstTokenMs) },
      { name: text.thinking, value: seconds(metrics?.thinkingMs) },
      { name: text.duration, value: seconds(metrics?.durationMs) },
      { name: text.speed, value: speed && this.i18n.text().chat.speed(Math.round(speed)) },
    ];
    return rows.filter((row) => row.value !== null);
  });
}
