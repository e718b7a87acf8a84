import { Component, computed, inject, input, linkedSignal, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError, fieldErrors } from '../../core/api/api-error';
import { type Group, type GroupTest } from '../../core/api/schema';
import { hasRole } from '../../core/auth/roles';
import { Session } from '../../core/auth/session';
import { I18n } from '../../core/i18n/i18n';
import { Badge } from '../../ui/badge';
import { chooseVersion } from '../../ui/conflict/choose-version';
import { Dialogs } from '../../ui/dialogs';
import { errorText } from '../../ui/error-text';
import { ErrorSummary, type Problem } from '../../ui/form/error-summary';
import { Field, FieldControl } from '../../ui/form/field';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';
import { Toast } from '../../ui/toast';
import { GroupAccess } from './group-access';
import {
  type GroupDraft,
  bodyOf,
  differences,
  draftOf,
  problemsOf,
  rulesOf,
  shown,
} from './group-draft';
import { GroupMembers } from './group-members';
import { GroupPools } from './group-pools';
import { GroupRules } from './group-rules';
import { poolFieldOf } from './pool-draft';
import { type Preview } from './preview-dialog';
import { RuleTester } from './rule-tester';

/** One group: who is in it, what they may spend and use. Groups of config.yaml can only be read. */
@Component({
  imports: [
    Badge,
    ErrorSummary,
    Field,
    FieldControl,
    GroupAccess,
    GroupMembers,
    GroupPools,
    GroupRules,
    MatButton,
    Page,
    Region,
    RuleTester,
  ],
  templateUrl: './group-page.html',
  styleUrl: './group-page.scss',
})
export class GroupPage {
  readonly name = input.required<string>();

  private readonly api = inject(ApiClient);
  private readonly i18n = inject(I18n);
  private readonly router = inject(Router);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly session = inject(Session);
  private readonly messages = inject(ConsoleText);

  protected readonly text = computed(() => this.messages.text().people.groupTexts);
  protected readonly words = computed(() => this.messages.text().words);
  private readonly address = computed(() => `/api/admin/groups/${encodeURIComponent(this.name())}`);
  protected readonly group = resource({
    params: () => this.address(),
    loader: ({ params }) => this.api.get<Group>(params),
  });
  /** As it was when the editing began; a save says so, and is refused where it changed since. */
  protected readonly base = linkedSignal<Group | null>(() =>
    this.group.hasValue() ? this.group.value() : null,
  );
  protected readonly draft = linkedSignal<GroupDraft | null>(() => {
    const base = this.base();
    return base === null ? null : draftOf(base);
  });
  protected readonly mayChange = computed(() => hasRole(this.session.me(), ['admin']));
  protected readonly isReadOnly = computed(
    () => this.base()?.source === 'file' || !this.mayChange(),
  );
  protected readonly changes = computed(() => {
    const [base, draft] = [this.base(), this.draft()];
    return base === null || draft === null ? [] : differences(draftOf(base), draft);
  });
  protected readonly rules = computed(() => rulesOf(this.draft() ?? { rules: [] }));
  protected readonly isSaving = signal(false);
  protected readonly failure = signal<string | null>(null);
  protected readonly errors = signal<Readonly<Record<string, string>>>({});
  protected readonly problems = computed<Problem[]>(() =>
    Object.entries(this.errors()).map(([name, message]) => ({
      name,
      label: this.labelOf(name),
      message,
    })),
  );

  protected change(said: Partial<GroupDraft>): void {
    this.draft.update((draft) => draft && { ...draft, ...said });
  }

  protected describe(event: Event): void {
    this.change({ description: (event.target as HTMLTextAreaElement).value });
  }

  protected switch(event: Event): void {
    this.change({ isActive: (event.target as HTMLInputElement).checked });
  }

  protected discard(): void {
    this.errors.set({});
    this.failure.set(null);
    this.group.reload();
    this.draft.set(draftOf(this.base()!));
  }

  /** Shows what would change and for whom, and saves once that is confirmed. */
  protected async review(): Promise<void> {
    const draft = this.draft();
    if (draft === null || this.isSaving() || !this.check(draft)) return;
    const preview: Preview = {
      name: this.name(),
      changes: this.changes(),
      effect: this.effectOf(draft),
    };
    const isWanted = await this.dialogs.open<boolean>(
      () => import('./preview-dialog').then((file) => file.PreviewDialog),
      { data: preview, width: '600px' },
    );
    if (isWanted === true) await this.save(draft);
  }

  protected async remove(): Promise<void> {
    const { deleteTitle, deleteText, deletedDone } = this.text();
    const isConfirmed = await this.dialogs.open<boolean>(
      () => import('../../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      {
        data: { title: deleteTitle(this.name()), text: deleteText, action: this.words().delete },
        width: '440px',
        role: 'alertdialog',
      },
    );
    if (isConfirmed !== true) return;
    try {
      await this.api.delete(this.address());
      void this.toast.show(deletedDone(this.name()));
      void this.router.navigate(['/admin/groups']);
    } catch (cause) {
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
    }
  }

  private async save(draft: GroupDraft): Promise<void> {
    this.isSaving.set(true);
    this.failure.set(null);
    try {
      const basedOn = this.base()!.version;
      this.base.set(await this.api.patch<Group>(this.address(), { ...bodyOf(draft), basedOn }));
      void this.toast.show(this.words().saved);
    } catch (cause) {
      await this.refuse(cause, draft);
    } finally {
      this.isSaving.set(false);
    }
  }

  private async refuse(cause: unknown, draft: GroupDraft): Promise<void> {
    const error = asApiError(cause);
    const current = error.details['current'] as Group | undefined;
    if (error.code === 'conflict' && current !== undefined) return this.settle(current, draft);
    this.errors.set(namedAsHere(fieldErrors(error), draft));
    if (this.problems().length === 0) {
      this.failure.set(errorText(error, this.i18n.text().errors));
    }
  }

  /** Somebody else was faster: both versions are shown, and one of them is gone on with. */
  private async settle(current: Group, draft: GroupDraft): Promise<void> {
    const kept = await chooseVersion(this.dialogs, shown(draftOf(current)), shown(draft));
    this.base.set(current);
    if (kept === 'mine') this.draft.set(draft);
  }

  private check(draft: GroupDraft): boolean {
    this.failure.set(null);
    const { problems } = this.text();
    this.errors.set(
      Object.fromEntries(
        Object.entries(problemsOf(draft)).map(([name, problem]) => [name, problems[problem]]),
      ),
    );
    return this.problems().length === 0;
  }

  private effectOf(draft: GroupDraft): Promise<GroupTest> {
    const { isActive } = draft;
    const asked = { claims: {}, draft: { name: this.name(), isActive, rules: rulesOf(draft) } };
    return this.api.post<GroupTest>('/api/admin/groups/test', asked);
  }

  private labelOf(name: string): string {
    const { parts } = this.text();
    const part = (Object.keys(parts) as (keyof typeof parts)[]).find((each) =>
      name.startsWith(each),
    );
    return part === undefined ? name : parts[part];
  }
}

/** The server names fields by their place in the group; the form by its own names. */
function namedAsHere(fields: Record<string, string>, draft: GroupDraft): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, message]) => {
      const rule = /^rules\[?\.?(\d+)\]?\.?(\w*)/.exec(path);
      if (rule) return [`rule-${rule[1]}-${rule[2] === 'field' ? 'field' : 'value'}`, message];
      return [poolFieldOf(path, draft) ?? path, message];
    }),
  );
}
