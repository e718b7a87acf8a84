import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Service, type WritableSignal, computed, inject, signal, untracked } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { type Attachment } from '../../core/api/schema';
import { Session } from '../../core/auth/session';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { type AttachedFile, type FileProblem } from './attached-file';
import { Draft } from './draft';
import { FewAtOnce } from './few-at-once';
import { problemText } from './file-texts';
import { KeptAttachments } from './kept-attachments';
import { UploadLimits } from './upload-limits';

/** More would take the connections that answers need. */
const AT_ONCE = 2;
const TRANSIENT = [0, 408, 425, 429, 500, 502, 503, 504];

interface Upload {
  readonly place: string;
  readonly key: number;
  readonly file: File;
  readonly abort: AbortController;
}

/**
 * The files beside the text that is being written, for each conversation of its own. Those that
 * are on the server survive a reload, as the text does.
 */
@Service()
export class ComposerAttachments {
  private readonly api = inject(ApiClient);
  private readonly draft = inject(Draft);
  private readonly limits = inject(UploadLimits);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly i18n = inject(I18n);
  private readonly kept = new KeptAttachments(inject(Session).me()?.id ?? '');
  private readonly lists = new Map<string, WritableSignal<readonly AttachedFile[]>>();
  private readonly uploads = new Map<number, Upload>();
  private readonly turns = new FewAtOnce(AT_ONCE);
  private count = 0;

  readonly items = computed(() => this.listOf(this.draft.of())());
  /** Those that can be sent, in their order. */
  readonly ready = computed(() =>
    this.items().flatMap(({ attachment }) => (attachment === null ? [] : [attachment])),
  );
  readonly isUploading = computed(() => this.items().some(({ state }) => state === 'uploading'));
  readonly tokens = computed(() => this.ready().reduce((sum, { tokens }) => sum + tokens, 0));

  constructor() {
    this.draft.onAdopted((from, to) => this.move(from, to));
  }

  /** Sends files to the server; those it would refuse in any case get a reason at once. */
  async add(files: Iterable<File>): Promise<void> {
    const place = this.draft.of();
    const all = [...files];
    await this.limits.load();
    for (const file of all) this.take(place, file);
  }

  retry(key: number): void {
    const upload = this.uploads.get(key);
    if (upload === undefined) return;
    this.change(upload.place, key, { state: 'uploading', progress: 0, problem: null });
    this.begin({ ...upload, abort: new AbortController() });
  }

  /** Takes a file away, on the server too, unless a question has it already. */
  remove(key: number): void {
    const place = this.draft.of();
    const item = this.items().find((candidate) => candidate.key === key);
    if (item === undefined) return;
    this.forget(item);
    this.write(
      place,
      this.items().filter((other) => other !== item),
    );
    const id = item.attachment?.id;
    if (id !== undefined) this.api.delete(`/chat/attachments/${id}`).catch(() => undefined);
  }

  /** Gives back what could not be sent, to where it was, unless something new is already there. */
  restore(attachments: readonly Attachment[], place = this.draft.of()): void {
    if (this.listOf(place)().length > 0) return;
    this.write(
      place,
      attachments.map((attachment) => this.onServer(attachment)),
    );
  }

  /** Empties the field, as after sending: what is on the server stays there. */
  clear(): void {
    for (const item of this.items()) this.forget(item);
    this.write(this.draft.of(), []);
  }

  private take(place: string, file: File): void {
    const key = ++this.count;
    const list = this.listOf(place)();
    const countBefore = list.filter(({ state }) => state !== 'failed').length;
    const problem = this.limits.problemOf(file, countBefore);
    const preview = problem === null && isShown(file) ? URL.createObjectURL(file) : null;
    const state = problem === null ? 'uploading' : 'failed';
    const { name, size } = file;
    const item = {
      key,
      name,
      size,
      state,
      progress: 0,
      attachment: null,
      problem,
      preview,
    } as const;
    this.write(place, [...list, item]);
    if (problem !== null) this.announce(item);
    else this.begin({ place, key, file, abort: new AbortController() });
  }

  private begin(upload: Upload): void {
    this.uploads.set(upload.key, upload);
    this.turns.add(() => this.send(upload));
  }

  private async send(upload: Upload): Promise<void> {
    const { key, file, abort } = upload;
    if (abort.signal.aborted) return;
    const body = new FormData();
    body.append('file', file, file.name);
    try {
      const response = await this.api.send('/chat/attachments', {
        method: 'POST',
        body,
        signal: abort.signal,
        onProgress: (progress) => this.change(this.placeOf(upload), key, { progress }),
      });
      const attachment = (await response.json()) as Attachment;
      this.change(this.placeOf(upload), key, { state: 'ready', progress: 1, attachment });
      this.uploads.delete(key);
    } catch (cause) {
      if (abort.signal.aborted) return;
      this.change(this.placeOf(upload), key, { state: 'failed', problem: this.problem(cause) });
    }
  }

  private problem(cause: unknown): FileProblem {
    const error = asApiError(cause);
    const reason = errorText(error, this.i18n.text().errors);
    return { kind: TRANSIENT.includes(error.status) ? 'lost' : 'refused', reason };
  }

  private onServer(attachment: Attachment): AttachedFile {
    const { id, name, size, kind } = attachment;
    const preview = kind === 'image' ? `/chat/attachments/${id}/content` : null;
    const key = ++this.count;
    return { key, name, size, state: 'ready', progress: 1, attachment, problem: null, preview };
  }

  private forget({ key, preview }: AttachedFile): void {
    this.uploads.get(key)?.abort.abort();
    this.uploads.delete(key);
    if (preview?.startsWith('blob:')) URL.revokeObjectURL(preview);
  }

  /** An upload goes on while its chat gets an id. */
  private placeOf({ key, place }: Upload): string {
    return this.uploads.get(key)?.place ?? place;
  }

  /** What a screen reader is told of a file that has arrived, or will not. */
  private announce(file: AttachedFile): void {
    const text = this.i18n.text().composer;
    const number = (value: number) => this.i18n.number(value);
    const problem = problemText(file, this.limits.limits(), text, number);
    const { added, failed } = text.file;
    const said = problem === '' ? added(file.name) : failed(file.name, problem);
    void this.announcer.announce(said, problem === '' ? 'polite' : 'assertive');
  }

  private move(from: string, to: string): void {
    const list = this.listOf(from)();
    this.write(from, []);
    this.write(to, list);
    for (const [key, upload] of this.uploads) {
      if (upload.place === from) this.uploads.set(key, { ...upload, place: to });
    }
  }

  private change(place: string, key: number, changes: Partial<AttachedFile>): void {
    const list = this.listOf(place)();
    const changed = list.map((item) => (item.key === key ? { ...item, ...changes } : item));
    this.write(place, changed);
    const file = changed.find((item) => item.key === key);
    if (file !== undefined && file.state !== 'uploading') this.announce(file);
  }

  private write(place: string, list: readonly AttachedFile[]): void {
    this.listOf(place).set(list);
    const ready = list.flatMap(({ attachment }) => (attachment === null ? [] : [attachment]));
    this.kept.write(place, ready);
  }

  private listOf(place: string): WritableSignal<readonly AttachedFile[]> {
    const known = this.lists.get(place);
    if (known !== undefined) return known;
    const list = signal<readonly AttachedFile[]>(untracked(() => this.stored(place)));
    this.lists.set(place, list);
    return list;
  }

  private stored(place: string): AttachedFile[] {
    return this.kept.read(place).map((attachment) => this.onServer(attachment));
  }
}

/** Pictures that every browser shows. */
function isShown(file: File): boolean {
  return /^image\/(png|jpeg|gif|webp)$/.test(file.type);
}
