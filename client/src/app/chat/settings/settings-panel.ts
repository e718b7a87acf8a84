import { DialogRef } from '@angular/cdk/dialog';
import {
  Component,
  DestroyRef,
  ElementRef,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';

import { type ApiError, asApiError } from '../../core/api/api-error';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { Icon } from '../../ui/icon/icon';
import { QuestionCheck } from '../composer/question-check';
import { ConversationStore } from '../conversation/conversation-store';
import { ChatSettings } from './chat-settings';
import { PresetsList } from './presets-list';
import {
  EFFORTS,
  LONGEST_SYSTEM_PROMPT,
  type TypedSettings,
  mostOutput,
  readSettings,
  typedSettings,
} from './typed-settings';

/** The settings of the open conversation. What is changed holds when its field is left. */
@Component({
  selector: 'app-settings-panel',
  imports: [Icon, MatIconButton, MatTooltip, PresetsList],
  templateUrl: './settings-panel.html',
  styleUrl: './settings-panel.scss',
  host: { '(keydown.escape)': 'closeBeside($event)' },
})
export class SettingsPanel {
  /** It stands beside the page, not above it. */
  readonly isBeside = input(false);

  private readonly conversation = inject(ConversationStore);
  private readonly check = inject(QuestionCheck);
  private readonly place = inject(ChatSettings);
  private readonly dialog = inject(DialogRef, { optional: true });
  private readonly i18n = inject(I18n);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  protected readonly text = computed(() => this.i18n.text().settings);
  protected readonly longestPrompt = LONGEST_SYSTEM_PROMPT;
  /** What has been typed and does not hold yet; another conversation begins without. */
  private readonly edits = linkedSignal<unknown, Partial<TypedSettings>>({
    source: this.conversation.shown,
    computation: () => ({}),
  });
  protected readonly typed = computed<TypedSettings>(() => ({
    ...typedSettings(this.conversation.settings()),
    ...this.edits(),
  }));
  protected readonly most = computed(() => {
    const limits = this.check.asked().flatMap(({ maxOutputTokens }) => maxOutputTokens ?? []);
    return mostOutput(limits.length === 0 ? null : Math.min(...limits));
  });
  private readonly reading = computed(() => readSettings(this.typed(), this.most()));
  /** Fields whose content was wrong when they were left. */
  private readonly left = signal<ReadonlySet<keyof TypedSettings>>(new Set());
  protected readonly wrong = computed(() => {
    const wrong = this.reading().wrong ?? {};
    const of = (name: keyof TypedSettings) => wrong[name] === true && this.left().has(name);
    const { systemPrompt, temperature, maxOutputTokens } = this.text().wrong;
    return {
      systemPrompt: of('systemPrompt') ? systemPrompt(LONGEST_SYSTEM_PROMPT) : '',
      temperature: of('temperature') ? temperature : '',
      maxOutputTokens: of('maxOutputTokens') ? maxOutputTokens(this.most()) : '',
    };
  });
  /** Only where one of the models has a choice. */
  protected readonly canReason = computed(() =>
    this.check.asked().some((model) => model.reasoning),
  );
  protected readonly efforts = EFFORTS;
  protected readonly isAnySet = this.place.isAnySet;
  protected readonly isSaved = signal(false);
  protected readonly failure = signal<ApiError | null>(null);

  constructor() {
    afterNextRender(() => {
      if (this.place.takesFocus()) this.heading().nativeElement.focus();
    });
    inject(DestroyRef).onDestroy(() => void this.save());
  }

  protected edit(name: keyof TypedSettings, value: string): void {
    this.isSaved.set(false);
    this.edits.update((edits) => ({ ...edits, [name]: value }));
  }

  /** A field is left, or something chosen. */
  protected leave(name: keyof TypedSettings, value: string): void {
    this.edit(name, value);
    this.left.update((left) => new Set([...left, name]));
    void this.save();
  }

  protected reset(): void {
    this.edits.set({ systemPrompt: '', temperature: '', maxOutputTokens: '', reasoningEffort: '' });
    void this.save();
  }

  /** What is typed is given up where something else comes into force. */
  protected forgetEdits(): void {
    this.edits.set({});
    this.left.set(new Set());
  }

  protected close(): void {
    if (this.dialog === null) this.place.close();
    else this.dialog.close();
  }

  /** Escape closes what has the focus, before it would stop an answer. */
  protected closeBeside(event: Event): void {
    if (!this.isBeside() || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  protected reason(error: ApiError): string {
    return errorText(error, this.i18n.text().errors);
  }

  /** The edits that can hold; one that is wrong does not keep back the others. */
  private right(): Partial<TypedSettings> {
    const wrong = this.reading().wrong ?? {};
    const entries = Object.entries(this.edits()) as [keyof TypedSettings, string][];
    return Object.fromEntries(entries.filter(([name]) => wrong[name] !== true));
  }

  private async save(): Promise<void> {
    const sent = this.right();
    const typed = { ...typedSettings(this.conversation.settings()), ...sent };
    const { settings } = readSettings(typed, Number.MAX_SAFE_INTEGER);
    if (settings === null || Object.keys(sent).length === 0) return;
    this.failure.set(null);
    try {
      await this.conversation.saveSettings(settings);
      this.edits.update((edits) => without(edits, sent));
      this.isSaved.set(true);
    } catch (cause) {
      this.failure.set(asApiError(cause));
    }
  }
}

/** The edits that were not sent, or were changed since. */
function without(
  edits: Partial<TypedSettings>,
  sent: Partial<TypedSettings>,
): Partial<TypedSettings> {
  const entries = Object.entries(edits) as [keyof TypedSettings, string][];
  return Object.fromEntries(entries.filter(([name, value]) => sent[name] !== value));
}
