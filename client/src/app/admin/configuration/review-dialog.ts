import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../../console/console-text';
import { type ApiError, asApiError } from '../../core/api/api-error';
import { type Configuration, type ConfigurationDiffLine } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { type ConfigurationDraft } from './configuration-draft';
import { DiffView } from './diff-view';
import { LostRoles } from './lost-roles';

const TURNED = { same: 'same', gap: 'gap', added: 'removed', removed: 'added' } as const;

/** What is about to change in the file, and the last step to it. Closes with true when saved, or with `restart`. */
@Component({
  imports: [DiffView, LostRoles, MatButton, MatDialogActions, MatDialogContent, MatDialogTitle],
  template: `
    <h2 matDialogTitle>{{ text().reviewTitle }}</h2>
    <mat-dialog-content>
      @if (theirs(); as other) {
        <p class="warning" role="alert">{{ text().conflict }}</p>
        <h3>{{ text().theirChange }}</h3>
        <app-diff-view [lines]="theirLines()" [label]="text().theirChange" />
        <h3>{{ text().yourChange }}</h3>
      }
      @if (draft.checked(); as checked) {
        @if (checked.problems.length > 0) {
          <div class="problems" role="alert">
            <p>{{ text().problems(checked.problems.length) }}</p>
            <ul lang="en">
              @for (problem of checked.problems; track $index) {
                <li>
                  <code>{{ problem.path }}</code> {{ problem.message }}
                  @if (problem.expected) {
                    ({{ problem.expected }})
                  }
                </li>
              }
            </ul>
          </div>
        }
        @if (restart().length > 0) {
          <p class="warning">{{ text().needRestart(restart().join(', ')) }}</p>
        }
        <app-lost-roles [roles]="checked.lostRoles" />
        <app-diff-view [lines]="checked.diff" [label]="text().yourChange" />
      } @else {
        <p role="status">{{ draft.checkFailure() ? '' : text().checking }}</p>
      }
      @if (shownFailure(); as message) {
        <p class="problems" role="alert">{{ message }}</p>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      @if (theirs(); as other) {
        <button matButton type="button" (click)="takeTheirs(other)">{{ text().takeTheirs }}</button>
      }
      <button matButton type="button" (click)="dialog.close(false)">{{ words().cancel }}</button>
      <button
        matButton="filled"
        type="button"
        [disabled]="!canSave()"
        [disabledInteractive]="draft.isSaving()"
        (click)="save()"
      >
        {{ saveLabel() }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    h3,
    p,
    ul {
      margin: 0;
    }
    .warning,
    .problems {
      padding: 12px 16px;
      border-radius: 12px;
      background: var(--app-warning-container);
      color: var(--app-on-warning-container);
    }
    .problems {
      background: var(--mat-sys-error-container);
      color: var(--mat-sys-on-error-container);
    }
  `,
})
export class ReviewDialog {
  protected readonly draft = inject<ConfigurationDraft>(MAT_DIALOG_DATA);
  protected readonly dialog = inject<MatDialogRef<ReviewDialog, boolean | 'restart'>>(MatDialogRef);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly text = computed(() => this.messages.text().configuration);
  protected readonly theirs = signal<Configuration | null>(null);
  protected readonly theirLines = signal<readonly ConfigurationDiffLine[]>([]);
  private readonly failure = signal<ApiError | null>(null);

  protected readonly restart = computed(() =>
    (this.draft.checked()?.changes ?? [])
      .filter(({ reload }) => reload === 'restart')
      .map(({ path }) => path),
  );
  protected readonly saveLabel = computed(() => {
    if ((this.draft.checked()?.lostRoles.length ?? 0) > 0) return this.text().loseThem;
    return this.theirs() ? this.text().saveOver : this.words().save;
  });
  protected readonly canSave = computed(
    () =>
      this.draft.checked()?.isValid === true && !this.draft.isChecking() && !this.draft.isSaving(),
  );
  protected readonly shownFailure = computed(() => {
    const error = this.failure() ?? this.draft.checkFailure();
    return error === null ? '' : errorText(error, this.i18n.text().errors);
  });

  constructor() {
    void this.draft.check();
  }

  protected async save(): Promise<void> {
    if (!this.canSave()) return;
    this.failure.set(null);
    const needsRestart = this.restart().length > 0;
    try {
      await this.draft.save(this.theirs()?.version ?? this.draft.shown()?.version ?? '');
      this.dialog.close(needsRestart ? 'restart' : true);
    } catch (cause) {
      const error = asApiError(cause);
      if (!(error.status === 409 && (await this.showTheirs()))) this.failure.set(error);
    }
  }

  protected takeTheirs(shown: Configuration): void {
    this.draft.start(shown);
    this.dialog.close(false);
  }

  /** Both versions: what others did since, and what this draft would do to that. */
  private async showTheirs(): Promise<boolean> {
    try {
      const { shown, changed } = await this.draft.theirs();
      if (shown.version === this.draft.shown()?.version) return false;
      this.theirLines.set(
        changed.diff.map(({ kind, text, before, after }) => ({
          kind: TURNED[kind],
          text,
          before: after,
          after: before,
        })),
      );
      this.theirs.set(shown);
      await this.draft.check();
      return true;
    } catch {
      return false;
    }
  }
}
