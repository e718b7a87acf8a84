import { NgTemplateOutlet } from '@angular/common';
import { Component, TemplateRef, computed, contentChild, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { asApiError } from '../../core/api/api-error';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../error-text';
import { Notice } from '../notice';

/** A resource that can be asked for again. */
interface Asked {
  hasValue(): boolean;
  error(): Error | undefined;
  isLoading(): boolean;
  reload(): unknown;
}

/**
 * A part of a page that waits for the server: a skeleton (after 150 ms, in the final size), why it
 * failed with a way to ask again, or the template inside. What was shown stays while it is asked
 * again.
 *
 *     <app-region [of]="users" skeleton="table"><ng-template>…</ng-template></app-region>
 */
@Component({
  selector: 'app-region',
  imports: [MatButton, NgTemplateOutlet, Notice],
  template: `
    @if (failure(); as error) {
      <app-notice icon="error" [heading]="heading() || words().failed" [text]="describe()">
        @if (error.requestId; as id) {
          <p class="id">{{ words().requestId(id) }}</p>
        }
        <button matButton="tonal" type="button" (click)="of().reload()">{{ words().retry }}</button>
      </app-notice>
    } @else if (of().hasValue()) {
      <ng-container [ngTemplateOutlet]="content()" />
    } @else {
      <div class="skeleton" [class]="skeleton()" aria-hidden="true">
        @for (row of rows(); track row) {
          <i></i>
        }
      </div>
      <p class="sr-only" role="status">{{ words().loading }}</p>
    }
  `,
  styleUrl: './region.scss',
  host: { '[attr.aria-busy]': 'of().isLoading()' },
})
export class Region {
  readonly of = input.required<Asked>();
  readonly skeleton = input<'table' | 'cards' | 'chart' | 'text'>('table');
  /** What failed, in a few words; else a general sentence. */
  readonly heading = input('');

  protected readonly content = contentChild.required(TemplateRef);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly failure = computed(() => {
    const cause = this.of().error();
    return cause === undefined ? null : asApiError(cause);
  });
  protected readonly describe = computed(() => {
    const error = this.failure();
    return error === null ? '' : errorText(error, this.i18n.text().errors);
  });
  protected readonly rows = computed(() =>
    Array.from(
      { length: { table: 10, cards: 5, chart: 1, text: 3 }[this.skeleton()] },
      (_, i) => i,
    ),
  );
}
