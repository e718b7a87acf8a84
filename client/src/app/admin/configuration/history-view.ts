import { Component, computed, inject, output, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import {
  type CheckedConfiguration,
  type Configuration,
  type ConfigurationHistory,
} from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { Notice } from '../../ui/notice';
import { Region } from '../../ui/page/region';
import { ConfigurationDraft } from './configuration-draft';
import { DiffView } from './diff-view';
import { LostRoles } from './lost-roles';

const ADDRESS = '/api/admin/configuration/history';

/** Earlier versions of the file: what going back would change, and going back. */
@Component({
  selector: 'app-configuration-history',
  imports: [DiffView, LostRoles, MatButton, Notice, Region],
  template: `
    <app-region [of]="history" skeleton="table">
      <ng-template>
        @for (backup of history.value()?.items ?? []; track backup.id) {
          <section>
            <h2>{{ text().until(i18n.dateAndTime(backup.at)) }}</h2>
            <button
              matButton
              type="button"
              [attr.aria-expanded]="opened() === backup.id"
              (click)="open(backup.id)"
            >
              {{ text().compare }}<span class="sr-only">: {{ i18n.dateAndTime(backup.at) }}</span>
            </button>
            @if (opened() === backup.id && checked(); as found) {
              @if (found.diff.length > 0) {
                <app-diff-view [lines]="found.diff" [label]="text().backChange" />
              } @else {
                <p>{{ text().sameAsNow }}</p>
              }
              @for (problem of found.problems; track $index) {
                <p class="problem" lang="en">{{ problem.path }} {{ problem.message }}</p>
              }
              <app-lost-roles [roles]="found.lostRoles" />
              @if (found.isValid && found.diff.length > 0 && !draft.isReadOnly()) {
                <button
                  matButton="filled"
                  type="button"
                  [disabled]="isBusy()"
                  disabledInteractive
                  (click)="goBack(backup.id)"
                >
                  {{ text().rollBack }}
                </button>
              }
            }
          </section>
        } @empty {
          <app-notice icon="history" [heading]="text().noHistory" [text]="text().noHistoryText" />
        }
      </ng-template>
    </app-region>
    <p class="problem" role="alert">{{ failure() }}</p>
  `,
  styles: `
    section {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: 8px;
      margin-block-end: 12px;
      padding: 12px 20px;
      border-radius: 16px;
      background: var(--mat-sys-surface-container-low);
    }
    app-diff-view {
      inline-size: 100%;
    }
    h2 {
      margin: 0;
      font: var(--mat-sys-title-small);
    }
    p {
      margin: 0;
    }
    .problem {
      color: var(--mat-sys-error);
    }
  `,
})
export class HistoryView {
  readonly wentBack = output();

  private readonly api = inject(ApiClient);
  protected readonly draft = inject(ConfigurationDraft);
  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().configuration);
  protected readonly history = resource({
    loader: () => this.api.get<ConfigurationHistory>(ADDRESS),
  });
  protected readonly opened = signal('');
  protected readonly checked = signal<CheckedConfiguration | null>(null);
  protected readonly failure = signal('');
  protected readonly isBusy = signal(false);

  protected async open(id: string): Promise<void> {
    this.checked.set(null);
    this.opened.set(this.opened() === id ? '' : id);
    if (this.opened() === '') return;
    await this.trying(async () => {
      this.checked.set(await this.api.get<CheckedConfiguration>(`${ADDRESS}/${id}`));
    });
  }

  protected async goBack(id: string): Promise<void> {
    if (this.isBusy()) return;
    const version = this.draft.shown()?.version ?? '';
    await this.trying(async () => {
      this.draft.start(await this.api.post<Configuration>(`${ADDRESS}/${id}/restore`, { version }));
      this.opened.set('');
      this.history.reload();
      this.wentBack.emit();
    });
  }

  private async trying(step: () => Promise<void>): Promise<void> {
    this.failure.set('');
    this.isBusy.set(true);
    try {
      await step();
    } catch (cause) {
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      this.isBusy.set(false);
    }
  }
}
