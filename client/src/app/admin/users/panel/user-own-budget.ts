import { Component, computed, inject, input, output, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../../console/console-text';
import { asApiError } from '../../../core/api/api-error';
import { type PersonalBudget } from '../../../core/api/schema';
import { I18n } from '../../../core/i18n/i18n';
import { Badge } from '../../../ui/badge';
import { Dialogs } from '../../../ui/dialogs';
import { errorText } from '../../../ui/error-text';
import { keepShown } from '../../../ui/page/keep-shown';
import { Region } from '../../../ui/page/region';
import { Toast } from '../../../ui/toast';
import { draftPoolsOf, shownPools } from '../../groups/pool-draft';
import { PeopleApi } from '../people-api';
import { type OwnBudgetData } from './own-budget-dialog';

/** What is said of one person, whatever their groups give: set, changed and removed here. */
@Component({
  selector: 'app-user-own-budget',
  imports: [Badge, MatButton, Region],
  template: `
    <app-region [of]="own" skeleton="text">
      <ng-template>
        @let budget = own.value();
        <section class="card" aria-labelledby="own-budget">
          <h3 id="own-budget">{{ text().title }}</h3>
          @if (budget.managedBy === 'file') {
            <app-badge>{{ words().managedByFile }}</app-badge>
          }
          @for (pool of lines(); track pool.name) {
            <code class="wide">{{ pool.name }}: {{ pool.said }}</code>
          } @empty {
            <span class="wide quiet">{{ text().none }}</span>
          }
          @if (mayChange() && budget.managedBy !== 'file') {
            <div class="actions wide">
              <button matButton type="button" (click)="change(budget)">
                {{ budget.managedBy === null ? text().set : text().change }}
              </button>
              @if (budget.managedBy === 'console') {
                <button matButton class="danger" type="button" (click)="remove(budget)">
                  {{ text().remove }}
                </button>
              }
            </div>
          }
        </section>
      </ng-template>
    </app-region>
  `,
  styleUrl: '../../../ui/part.scss',
  styles: `
    h3 {
      margin: 0;
    }
  `,
})
export class UserOwnBudget {
  readonly userId = input.required<string>();
  readonly email = input.required<string>();
  readonly mayChange = input.required<boolean>();
  readonly changed = output<void>();

  private readonly i18n = inject(I18n);
  private readonly people = inject(PeopleApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);

  protected readonly text = computed(() => this.messages.text().people.ownBudget);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly own = keepShown(
    resource({
      params: () => this.userId(),
      loader: ({ params: id }) => this.people.ownBudgetOf(id),
    }),
  );
  protected readonly lines = computed(() =>
    [...shownPools(draftPoolsOf(this.own.value()))].map(([name, said]) => ({ name, said })),
  );

  protected async change(budget: PersonalBudget): Promise<void> {
    const data: OwnBudgetData = { id: this.userId(), email: this.email(), budget };
    const saved = await this.dialogs.open<PersonalBudget>(
      () => import('./own-budget-dialog').then((file) => file.OwnBudgetDialog),
      { data, width: '840px' },
    );
    if (saved !== undefined) this.tell(this.text().savedDone(this.email()));
    else this.own.reload();
  }

  protected async remove({ version }: PersonalBudget): Promise<void> {
    const { removeTitle, removeText, remove, removedDone } = this.text();
    const isConfirmed = await this.dialogs.open<boolean>(
      () => import('../../../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      {
        data: { title: removeTitle(this.email()), text: removeText, action: remove },
        width: '440px',
        role: 'alertdialog',
      },
    );
    if (isConfirmed !== true) return;
    try {
      await this.people.removeOwnBudget(this.userId(), version);
      this.tell(removedDone(this.email()));
    } catch (cause) {
      this.own.reload();
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
    }
  }

  private tell(sentence: string): void {
    this.own.reload();
    this.changed.emit();
    void this.toast.show(sentence);
  }
}
