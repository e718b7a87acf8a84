import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { type ApiError } from '../../core/api/api-error';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { Notice } from '../../ui/notice';
import { NewChat } from './new-chat';

/** Instead of a conversation that is not there, or could not be loaded. */
@Component({
  selector: 'app-missing-conversation',
  imports: [MatButton, Notice],
  template: `
    @if (isGone()) {
      <app-notice icon="chat_bubble" [heading]="text().missing.title" [text]="text().missing.text">
        <button matButton="filled" type="button" (click)="newChat.start()">
          {{ text().newChat }}
        </button>
      </app-notice>
    } @else {
      <app-notice icon="error" [heading]="text().missing.failed" [text]="reason()">
        <button matButton="filled" type="button" (click)="again.emit()">
          {{ i18n.text().shell.retry }}
        </button>
        @if (failure().requestId; as id) {
          <p>{{ i18n.text().errors.requestId(id) }}</p>
        }
      </app-notice>
    }
  `,
})
export class MissingConversation {
  readonly failure = input.required<ApiError>();
  readonly again = output<void>();

  protected readonly newChat = inject(NewChat);
  protected readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat);
  /** An id that is none is refused as such, and is no conversation either. */
  protected readonly isGone = computed(() => [400, 404].includes(this.failure().status));
  protected readonly reason = computed(() => errorText(this.failure(), this.i18n.text().errors));
}
