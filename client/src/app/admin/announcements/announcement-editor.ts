import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  resource,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError, fieldErrors } from '../../core/api/api-error';
import { type Announcement, type GroupPage, type SaveAnnouncement } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { Markdown } from '../../ui/markdown/markdown';
import { fromLocalField, toLocalField } from './announcement-status';

const SEVERITIES = ['info', 'success', 'warning', 'critical'] as const;
const AUDIENCES = ['signed_in', 'everyone', 'groups'] as const;

type Problems = Partial<Record<keyof SaveAnnouncement, string>>;

/** Makes or changes an announcement. Closes with it as the server has it. */
@Component({
  imports: [
    Markdown,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
  ],
  templateUrl: './announcement-editor.html',
  styleUrl: './announcement-editor.scss',
})
export class AnnouncementEditor {
  private readonly given = inject<Announcement | null>(MAT_DIALOG_DATA);
  private readonly injector = inject(Injector);
  private readonly api = inject(ApiClient);
  private readonly dialog = inject<MatDialogRef<AnnouncementEditor, Announcement>>(MatDialogRef);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  private readonly summary = viewChild<ElementRef<HTMLElement>>('summary');

  protected readonly text = computed(() => this.messages.text().announcements);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly severities = SEVERITIES;
  protected readonly audiences = AUDIENCES;
  protected readonly isNew = this.given === null;
  protected readonly draft = signal<SaveAnnouncement>(draftOf(this.given));
  protected readonly problems = signal<Problems>({});
  protected readonly failure = signal<string | null>(null);
  /** How it is now, if somebody changed it since it was opened. */
  protected readonly theirs = signal<Announcement | null>(null);
  protected readonly isSaving = signal(false);
  protected readonly startsAt = signal(toLocalField(this.draft().startsAt));
  protected readonly endsAt = signal(toLocalField(this.draft().endsAt));
  protected readonly groups = resource({
    loader: () => this.api.get<GroupPage>('/api/admin/groups?pageSize=200'),
  });

  /** What the save is based on; a version that was shown beside one's own counts as seen. */
  private basedOn = this.given?.updatedAt;

  protected set<Field extends keyof SaveAnnouncement>(
    field: Field,
    value: SaveAnnouncement[Field],
  ): void {
    this.draft.update((draft) => ({ ...draft, [field]: value }));
    this.problems.update(({ [field]: _mended, ...others }) => others);
  }

  protected toggleGroup(name: string, isChosen: boolean): void {
    const others = this.draft().groups.filter((each) => each !== name);
    this.set('groups', isChosen ? [...others, name] : others);
  }

  protected takeTheirs(): void {
    const theirs = this.theirs();
    if (theirs === null) return;
    this.draft.set(draftOf(theirs));
    this.startsAt.set(toLocalField(theirs.startsAt));
    this.endsAt.set(toLocalField(theirs.endsAt));
    this.theirs.set(null);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isSaving()) return;
    const startsAt = fromLocalField(this.startsAt());
    const endsAt = fromLocalField(this.endsAt());
    const problems = this.check(startsAt, endsAt);
    this.problems.set(problems);
    this.failure.set(null);
    if (startsAt === null || Object.keys(problems).length > 0) {
      this.showSummary();
      return;
    }
    this.isSaving.set(true);
    try {
      this.dialog.close(await this.send({ ...this.draft(), startsAt, endsAt }));
    } catch (cause) {
      this.refused(cause);
    } finally {
      this.isSaving.set(false);
    }
  }

  private send(body: SaveAnnouncement): Promise<Announcement> {
    if (this.given === null) return this.api.post('/api/admin/announcements', body);
    const path = `/api/admin/announcements/${this.given.id}`;
    return this.api.put(path, { ...body, basedOn: this.basedOn });
  }

  private check(startsAt: string | null, endsAt: string | null): Problems {
    const { errors } = this.text();
    const { title, audience, groups } = this.draft();
    return {
      ...(title.trim() === '' && { title: errors.title }),
      ...(startsAt === null && { startsAt: errors.startsAt }),
      ...(startsAt !== null && endsAt !== null && endsAt <= startsAt && { endsAt: errors.endsAt }),
      ...(audience === 'groups' && groups.length === 0 && { groups: errors.groups }),
    };
  }

  /** What was typed stays; the reason stands where it can be mended. */
  private refused(cause: unknown): void {
    const error = asApiError(cause);
    const theirs = error.details['current'] as Announcement | undefined;
    if (error.status === 409 && theirs !== undefined) {
      this.theirs.set(theirs);
      this.basedOn = theirs.updatedAt;
    }
    this.problems.set(fieldErrors(error));
    this.failure.set(theirs ? this.text().stale : errorText(error, this.i18n.text().errors));
    this.showSummary();
  }

  private showSummary(): void {
    afterNextRender(() => this.summary()?.nativeElement.focus(), { injector: this.injector });
  }
}

function draftOf(announcement: Announcement | null): SaveAnnouncement {
  if (announcement === null) {
    const startsAt = new Date().toISOString();
    const base = { severity: 'info', title: '', text: '', audience: 'signed_in' } as const;
    return { ...base, groups: [], isDismissible: true, startsAt, endsAt: null };
  }
  const { id: _id, updatedAt: _updatedAt, ...draft } = announcement;
  return draft;
}
