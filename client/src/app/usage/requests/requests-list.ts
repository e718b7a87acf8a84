import { Component, computed, effect, inject, input } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';

import { I18n } from '../../core/i18n/i18n';
import { type ApiError } from '../../core/api/api-error';
import { Figures } from '../../ui/charts/figures';
import { Dialogs } from '../../ui/dialogs';
import { errorText } from '../../ui/error-text';
import { Icon } from '../../ui/icon/icon';
import { Notice } from '../../ui/notice';
import { Region } from '../../ui/page/region';
import { DataTable } from '../../ui/table/data-table';
import { UsageWords } from '../usage-words';
import { OutcomeBadge } from './outcome-badge';
import { RequestsStore, type ShownRequest } from './requests-store';

/** A log of requests, page after page; the details of each in a panel. */
@Component({
  selector: 'app-requests-list',
  imports: [DataTable, Icon, MatButton, MatIconButton, Notice, OutcomeBadge, Region],
  providers: [RequestsStore],
  templateUrl: './requests-list.html',
  styleUrl: './requests-list.scss',
})
export class RequestsList {
  /** Where the list is, with its filters. */
  readonly address = input.required<string>();
  /** Everybody's: with a column for whose it is. */
  readonly isOfAll = input(false);

  protected readonly store = inject(RequestsStore);
  protected readonly figures = inject(Figures);
  private readonly i18n = inject(I18n);
  private readonly dialogs = inject(Dialogs);
  private readonly words = inject(UsageWords);
  protected readonly text = computed(() => this.words.text().requests);
  protected readonly rows = computed(() =>
    this.store.items().map((request) => ({
      request,
      id: request.id,
      time: this.i18n.dateAndTime(request.startedAt),
      who: request.userEmail ?? request.clientName ?? this.words.text().table.gone,
      tokens:
        request.promptTokens === null && request.completionTokens === null
          ? '–'
          : this.figures.number((request.promptTokens ?? 0) + (request.completionTokens ?? 0)),
      cost: request.cost === null ? '–' : this.figures.coins(Number(request.cost)),
      duration: this.figures.duration(request.durationMs),
    })),
  );
  protected readonly shown = computed(() =>
    this.text().shown(this.i18n.number(this.rows().length)),
  );

  constructor() {
    effect(() => this.store.show(this.address()));
  }

  protected open(data: ShownRequest): void {
    void this.dialogs.open(() => import('./request-panel').then((file) => file.RequestPanel), {
      data,
      width: '480px',
      height: '100dvh',
      maxHeight: '100dvh',
      maxWidth: '100vw',
      position: { right: '0', top: '0' },
      panelClass: 'app-full',
      ariaLabel: this.text().panel,
    });
  }

  protected describe(error: ApiError): string {
    return errorText(error, this.i18n.text().errors);
  }
}
