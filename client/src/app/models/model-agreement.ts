import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ChatModels } from '../chat/models/chat-models';
import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type ApiError, asApiError } from '../core/api/api-error';
import { type ModelCard } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { errorText } from '../ui/error-text';
import { Markdown } from '../ui/markdown/markdown';
import { Toast } from '../ui/toast';

/** Whether one may use a model, and why; where it asks for an agreement, it is given here. */
@Component({
  selector: 'app-model-agreement',
  imports: [Markdown, MatButton],
  template: `
    @if (model().acknowledgement; as asked) {
      <h3>{{ text().page.agreement }}</h3>
      <app-markdown [text]="asked.text" />
      @if (asked.acknowledgedAt; as date) {
        <p>{{ text().page.agreedOn(i18n.dateAndTime(date)) }}</p>
      } @else if (model().access === 'needs_ack') {
        @if (failure(); as error) {
          <p class="failure" role="alert">{{ reason(error) }}</p>
        }
        <button
          matButton="filled"
          type="button"
          [disabled]="isSending()"
          disabledInteractive
          (click)="agree()"
        >
          {{ text().page.agree }}
        </button>
      }
    }
  `,
  styles: `
    :host:empty {
      display: none;
    }
    h3 {
      margin: 0 0 4px;
      font: var(--mat-sys-label-large);
    }
    p {
      margin: 8px 0 0;
      font: var(--mat-sys-body-medium);
    }
    button {
      margin-block-start: 12px;
    }
    .failure {
      color: var(--mat-sys-error);
    }
  `,
})
export class ModelAgreement {
  readonly model = input.required<ModelCard>();
  /** The agreement was recorded, or the text is another one: look again. */
  readonly changed = output<void>();

  private readonly api = inject(ApiClient);
  private readonly chatModels = inject(ChatModels);
  private readonly toast = inject(Toast);
  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().catalogue);
  protected readonly isSending = signal(false);
  protected readonly failure = signal<ApiError | null>(null);

  protected async agree(): Promise<void> {
    if (this.isSending()) return;
    const { model, acknowledgement } = this.model();
    this.isSending.set(true);
    this.failure.set(null);
    try {
      const { textHash = '' } = acknowledgement ?? {};
      await this.api.post('/api/acknowledgements', { model, textHash });
      void this.toast.show(this.text().page.agreed);
      void this.chatModels.load();
      this.changed.emit();
    } catch (cause) {
      const error = asApiError(cause);
      this.failure.set(error);
      if (error.code === 'conflict') this.changed.emit();
    } finally {
      this.isSending.set(false);
    }
  }

  protected reason(error: ApiError): string {
    if (error.code === 'conflict') return this.text().page.changed;
    return errorText(error, this.i18n.text().errors);
  }
}
