import { Component, computed, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';

import { ConsoleText } from '../../console/console-text';
import { I18n } from '../../core/i18n/i18n';
import { CopyButton } from '../../ui/copy-button';
import { Figures } from '../../ui/charts/figures';
import { Icon } from '../../ui/icon/icon';
import { UsageWords } from '../usage-words';
import { OutcomeBadge } from './outcome-badge';
import { type ShownRequest } from './requests-store';

/** All that is kept of one request: when, by whom, of what, how long, how it ended. No texts. */
@Component({
  imports: [CopyButton, Icon, MatIconButton, OutcomeBadge],
  templateUrl: './request-panel.html',
  styleUrl: './request-panel.scss',
})
export class RequestPanel {
  protected readonly request = inject<ShownRequest>(MAT_DIALOG_DATA);
  protected readonly panel = inject(MatDialogRef);
  private readonly i18n = inject(I18n);
  private readonly figures = inject(Figures);
  private readonly messages = inject(ConsoleText);
  private readonly words = inject(UsageWords);
  protected readonly text = computed(() => this.words.text().requests);

  /** What there is to say, in order; what a request does not have is left out. */
  protected readonly lines = computed(() => {
    const { fields, accuracies } = this.text();
    const { request, figures } = this;
    const words = this.messages.text().words;
    const { sources } = this.words.text().filters;
    const number = (value: number | null) => (value === null ? null : figures.number(value));
    const time = (ms: number | null) => (ms === null ? null : figures.duration(ms));
    const accuracy = request.accuracy as keyof typeof accuracies | null;
    const found: [string, string | null | undefined][] = [
      [fields.startedAt, this.i18n.dateAndTime(request.startedAt)],
      [fields.user, request.userEmail ?? request.userId],
      [fields.client, request.clientName ?? request.clientId],
      [fields.model, request.model],
      [fields.operation, request.operation],
      [fields.source, request.source === 'chat' ? sources.chat : sources.api],
      [fields.stream, request.isStream ? words.yes : words.no],
      [fields.status, String(request.status)],
      [fields.errorCode, request.errorCode],
      [fields.prompt, number(request.promptTokens)],
      [fields.cached, number(request.cachedTokens)],
      [fields.completion, number(request.completionTokens)],
      [fields.reasoning, number(request.reasoningTokens)],
      [fields.accuracy, accuracy === null ? null : (accuracies[accuracy] ?? accuracy)],
      [fields.cost, request.cost === null ? null : this.words.text().coins(request.cost)],
      [fields.firstByte, time(request.firstByteMs)],
      [fields.duration, time(request.durationMs)],
      [fields.audio, time(request.audioMs)],
      [fields.endpoint, request.endpoint],
      [fields.key, request.apiKeyId],
      [fields.id, request.id],
    ];
    return found.flatMap(([name, value]) => (value ? [{ name, value }] : []));
  });
}
