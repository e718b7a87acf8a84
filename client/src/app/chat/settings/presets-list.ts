import { LiveAnnouncer } from '@angular/cdk/a11y';
import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  output,
  signal,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';

import { asApiError } from '../../core/api/api-error';
import { type Preset } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { Icon } from '../../ui/icon/icon';
import { InlineName } from '../../ui/inline-name';
import { Toast } from '../../ui/toast';
import { ConversationStore } from '../conversation/conversation-store';
import { ChatModels } from '../models/chat-models';
import { Presets } from './presets';

const LONGEST_NAME = 100;

/** The presets: to put one in force, and to keep the settings of this chat as one. */
@Component({
  selector: 'app-presets-list',
  imports: [Icon, InlineName, MatIconButton, MatTooltip],
  templateUrl: './presets-list.html',
  styleUrl: './presets-list.scss',
})
export class PresetsList {
  /** The settings of the chat are those of a preset now. */
  readonly applied = output<void>();

  protected readonly presets = inject(Presets);
  private readonly conversation = inject(ConversationStore);
  private readonly models = inject(ChatModels);
  private readonly toast = inject(Toast);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().settings);
  protected readonly longest = LONGEST_NAME;
  protected readonly renamed = signal<string | null>(null);
  protected readonly message = signal('');

  constructor() {
    void this.presets.load();
  }

  protected apply(preset: Preset): Promise<void> {
    return this.try(async () => {
      await this.conversation.saveSettings(preset.settings);
      this.applied.emit();
      void this.announcer.announce(this.text().applied(preset.name), 'polite');
      if (preset.model !== null) await this.useModel(preset, preset.model);
    });
  }

  protected create(field: HTMLInputElement, event: Event): Promise<void> {
    event.preventDefault();
    const name = field.value.trim();
    if (name === '') {
      this.message.set(this.text().nameMissing);
      field.focus();
      return Promise.resolve();
    }
    return this.try(async () => {
      await this.presets.create({ name, ...this.current() });
      field.value = '';
    });
  }

  protected async rename(preset: Preset, name: string | null, byKeyboard: boolean): Promise<void> {
    this.renamed.set(null);
    await this.try(async () => {
      if (name !== null) await this.presets.save({ ...preset, name });
    });
    // Its place among the others may have changed with its name.
    if (byKeyboard) this.focus(preset);
  }

  protected overwrite(preset: Preset): Promise<void> {
    return this.try(async () => {
      await this.presets.save({ ...preset, ...this.current() });
      void this.announcer.announce(this.text().saved, 'polite');
    });
  }

  protected remove(preset: Preset): Promise<void> {
    return this.try(async () => {
      const at = this.presets.presets().findIndex(({ id }) => id === preset.id);
      await this.presets.remove(preset);
      this.focus(this.presets.presets()[at] ?? this.presets.presets().at(-1));
      const { removed, undo } = this.text();
      const { name, model, settings } = preset;
      const isUndone = await this.toast.show(removed(name), undo);
      if (isUndone) await this.presets.create({ name, model, settings });
    });
  }

  /** The row that had the focus is another, or gone; without presets the field for a new one is near. */
  private focus(preset: Preset | undefined): void {
    const wanted = preset === undefined ? '#preset-name' : `[data-preset="${preset.id}"]`;
    const show = () => this.host.nativeElement.querySelector<HTMLElement>(wanted)?.focus();
    afterNextRender(show, { injector: this.injector });
  }

  private current(): Pick<Preset, 'model' | 'settings'> {
    return { model: this.models.selected()?.id ?? null, settings: this.conversation.settings() };
  }

  private async useModel({ name }: Preset, modelId: string): Promise<void> {
    const model = this.models.byId(modelId);
    if (model === null) this.message.set(this.text().modelGone(name));
    else if (await this.models.ensureAcknowledged(model)) this.models.choose(model.id);
  }

  private async try(step: () => Promise<void>): Promise<void> {
    this.message.set('');
    try {
      await step();
    } catch (cause) {
      const error = asApiError(cause);
      const isTaken = error.code === 'conflict' || error.status === 409;
      const reason = errorText(error, this.i18n.text().errors);
      this.message.set(isTaken ? this.text().nameTaken : reason);
    }
  }
}
