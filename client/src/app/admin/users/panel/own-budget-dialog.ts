import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../../../console/console-text';
import { asApiError, fieldErrors } from '../../../core/api/api-error';
import { type PersonalBudget } from '../../../core/api/schema';
import { I18n } from '../../../core/i18n/i18n';
import { Dialogs } from '../../../ui/dialogs';
import { chooseVersion } from '../../../ui/conflict/choose-version';
import { errorText } from '../../../ui/error-text';
import { ErrorSummary, type Problem } from '../../../ui/form/error-summary';
import { GroupPools } from '../../groups/group-pools';
import {
  type DraftPools,
  draftPoolsOf,
  policiesOf,
  poolFieldOf,
  problemsOfPools,
  shownPools,
} from '../../groups/pool-draft';
import { PeopleApi } from '../people-api';

export interface OwnBudgetData {
  id: string;
  email: string;
  budget: PersonalBudget;
}

/** Says what one person may spend; closes with what the server keeps. */
@Component({
  imports: [
    ErrorSummary,
    GroupPools,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
  ],
  template: `
    <h2 matDialogTitle>{{ text().dialogTitle(data.email) }}</h2>
    <form novalidate (submit)="save($event)">
      <mat-dialog-content>
        <app-error-summary [problems]="problems()" [failure]="failure()" />
        <app-group-pools
          of="person"
          [coins]="draft().coins"
          [tokens]="draft().tokens"
          [isReadOnly]="false"
          [errors]="errors()"
          (coinsChanged)="change({ coins: $event })"
          (tokensChanged)="change({ tokens: $event })"
        />
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" matDialogClose>{{ words().cancel }}</button>
        <button matButton="filled" type="submit" [disabled]="isSaving()" disabledInteractive>
          {{ words().save }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    app-error-summary {
      display: block;
      margin-block-end: 16px;
    }
    app-error-summary:empty {
      display: none;
    }
  `,
})
export class OwnBudgetDialog {
  protected readonly data = inject<OwnBudgetData>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<OwnBudgetDialog, PersonalBudget>>(MatDialogRef);
  private readonly dialogs = inject(Dialogs);
  private readonly people = inject(PeopleApi);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);

  protected readonly text = computed(() => this.messages.text().people.ownBudget);
  private readonly groupTexts = computed(() => this.messages.text().people.groupTexts);
  protected readonly words = computed(() => this.messages.text().words);
  /** As it was when the editing began, or as somebody else left it meanwhile. */
  private base = this.data.budget;
  protected readonly draft = signal<DraftPools>(draftPoolsOf(this.base));
  protected readonly isSaving = signal(false);
  protected readonly failure = signal<string | null>(null);
  protected readonly errors = signal<Readonly<Record<string, string>>>({});
  protected readonly problems = computed<Problem[]>(() => {
    const { parts } = this.groupTexts();
    return Object.entries(this.errors()).map(([name, message]) => ({
      name,
      label: name.startsWith('coins') ? parts.coins : parts.tokens,
      message,
    }));
  });

  protected change(said: Partial<DraftPools>): void {
    this.draft.update((draft) => ({ ...draft, ...said }));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isSaving() || !this.check()) return;
    this.isSaving.set(true);
    try {
      const body = { ...policiesOf(this.draft()), basedOn: this.base.version };
      this.dialog.close(await this.people.setOwnBudget(this.data.id, body));
    } catch (cause) {
      await this.refuse(cause);
    } finally {
      this.isSaving.set(false);
    }
  }

  private check(): boolean {
    const { problems } = this.groupTexts();
    const draft = this.draft();
    const found = Object.entries(problemsOfPools(draft));
    this.errors.set(Object.fromEntries(found.map(([name, what]) => [name, problems[what]])));
    const isEmpty = draft.coins === null && draft.tokens.length === 0;
    this.failure.set(isEmpty ? this.text().nothingSaid : null);
    return found.length === 0 && !isEmpty;
  }

  private async refuse(cause: unknown): Promise<void> {
    const error = asApiError(cause);
    const current = error.details['current'] as PersonalBudget | undefined;
    if (error.code === 'conflict' && current !== undefined) return this.settle(current);
    const named = Object.entries(fieldErrors(error)).map(([path, message]) => [
      poolFieldOf(path, this.draft()) ?? path,
      message,
    ]);
    this.errors.set(Object.fromEntries(named));
    if (named.length === 0) this.failure.set(errorText(error, this.i18n.text().errors));
  }

  /** Somebody else was faster: both versions are shown, and one of them is gone on with. */
  private async settle(current: PersonalBudget): Promise<void> {
    const theirs = draftPoolsOf(current);
    const kept = await chooseVersion(this.dialogs, shownPools(theirs), shownPools(this.draft()));
    this.base = current;
    if (kept === 'theirs') this.draft.set(theirs);
  }
}
