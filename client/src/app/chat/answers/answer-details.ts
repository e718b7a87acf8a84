import { DIALOG_DATA } from '@angular/cdk/dialog';
import { Component, computed, inject } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { CopyButton } from '../../ui/copy-button';
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
    @if (answer.requestId(); as id) {
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
    const usage = this.answer.usage();
    const tokens = (count: number | undefined) => (count ? this.i18n.number(count) : null);
    const seconds = (count: number | null) =>
      count === null ? null : text.seconds(this.i18n.number(count));
    const rows = [
      { name: text.model, value: this.answer.modelName },
      { name: text.input, value: tokens(usage?.input) },
      { name: text.cached, value: tokens(usage?.cached), isPart: true },
      { name: text.output, value: tokens(usage?.output) },
      { name: text.reasoning, value: tokens(usage?.reasoning), isPart: true },
      { name: text.firstToken, value: seconds(this.answer.firstTokenSeconds()) },
      { name: text.duration, value: seconds(this.answer.durationSeconds()) },
    ];
    return rows.filter((row) => row.value !== null);
  });
}
