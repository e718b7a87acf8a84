import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import {
  DOCUMENT,
  Component,
  Injector,
  afterNextRender,
  computed,
  inject,
  linkedSignal,
  signal,
} from '@angular/core';

import { type ChatModel } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { ChatModels } from './chat-models';
import { modelChoices } from './model-choices';
import { ModelRow } from './model-row';

/** How far each key moves in the list. */
const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 5,
  PageUp: -5,
};

/** What the picker is opened for. */
export interface ModelPickerData {
  /** One other than this is wanted: to answer beside it, or instead of it. */
  otherThan?: string;
  /** Goes on to the choice of a second model. */
  askSecond?: () => void;
  /** The one that is chosen now. */
  chosen: string | null;
}

interface Found {
  models: ChatModel[];
  term: string;
}

/**
 * The list of models with a search field above it. The field keeps the focus; the arrow keys move
 * through the list. Closes with the id of the chosen model.
 */
@Component({
  selector: 'app-model-picker',
  imports: [Icon, ModelRow],
  templateUrl: './model-picker.html',
  styleUrl: './model-picker.scss',
})
export class ModelPicker {
  protected readonly models = inject(ChatModels);
  private readonly dialog = inject<DialogRef<string>>(DialogRef);
  protected readonly data = inject<ModelPickerData | null>(DIALOG_DATA, { optional: true });
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().models);
  protected readonly term = signal('');
  private readonly offered = computed(() =>
    this.models.models().filter(({ id }) => id !== this.data?.otherThan),
  );
  protected readonly groups = computed(() =>
    modelChoices(this.offered(), this.models.defaultId(), this.term()),
  );
  protected readonly chosen = computed(() => {
    const isNext = this.data === null || this.data.otherThan === undefined;
    return isNext ? this.models.selected() : this.models.byId(this.data.chosen);
  });
  protected readonly flat = computed(() => this.groups().flatMap((group) => group.models));

  protected readonly isLoading = computed(
    () => !this.models.isLoaded() && this.models.failure() === null,
  );
  /** What a screen reader is told of the list. */
  protected readonly found = computed(() => {
    const { loadingList, failed, noMatch, matches } = this.text();
    if (!this.models.isLoaded()) return this.isLoading() ? loadingList : failed;
    return this.flat().length === 0 ? noMatch(this.term()) : matches(this.flat().length);
  });

  /** The row Enter would choose: at first the selected model, after a search the first found. */
  protected readonly active = linkedSignal<Found, ChatModel | null>({
    source: () => ({ models: this.flat(), term: this.term() }),
    computation: ({ models, term }, previous) => {
      const isSameSearch = previous?.source.term === term;
      const wanted = (isSameSearch ? previous?.value?.id : null) ?? this.chosen()?.id;
      return models.find((model) => model.id === wanted) ?? models[0] ?? null;
    },
  });

  constructor() {
    // What is open may be out of date by an hour: ask again behind the scenes.
    if (this.models.isLoaded() || this.models.failure() !== null) void this.models.load();
    afterNextRender(() => this.reveal());
  }

  protected idOf(model: ChatModel): string {
    return `model-${this.models.models().indexOf(model)}`;
  }

  protected filter(term: string): void {
    this.term.set(term.trim());
    this.revealLater();
  }

  protected onKey(event: KeyboardEvent): void {
    const active = this.active();
    const step = STEPS[event.key];
    if (step !== undefined) this.move(step);
    else if (event.key === 'Enter' && active !== null) this.choose(active);
    else return;
    event.preventDefault();
  }

  protected choose(model: ChatModel): void {
    if (model.status !== 'down') this.dialog.close(model.id);
  }

  /** The chosen model is the one new chats begin with from now on, or no longer. */
  protected star(model: ChatModel): void {
    this.models.makeDefault(model.id === this.models.ownDefault() ? null : model.id);
  }

  protected starLabel(model: ChatModel): string {
    const { isOwnDefault, makeDefault } = this.text();
    const isOwn = model.id === this.models.ownDefault();
    return isOwn ? isOwnDefault(model.name) : makeDefault(model.name);
  }

  protected askSecond(): void {
    this.dialog.close();
    this.data?.askSecond?.();
  }

  private move(step: number): void {
    const found = this.flat();
    const active = this.active();
    const from = active === null ? -1 : found.indexOf(active);
    const last = found.length - 1;
    const isSingle = Math.abs(step) === 1;
    const to = isSingle ? (from + step + found.length) % found.length : clamp(from + step, 0, last);
    this.active.set(found[to] ?? null);
    this.revealLater();
  }

  private revealLater(): void {
    afterNextRender(() => this.reveal(), { injector: this.injector });
  }

  private reveal(): void {
    const active = this.active();
    if (active === null) return;
    this.document.getElementById(this.idOf(active))?.scrollIntoView?.({ block: 'nearest' });
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
