import {
  Component,
  DestroyRef,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type Message, type OpenConversation } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { type SearchOption, markedParts } from './search-option';

/** One moves through the lines faster than this without wanting to read each. */
const PAUSE_MS = 150;
const MOST_KEPT = 20;
/** Of a message; the whole is read in the conversation. */
const MOST_CHARACTERS = 1_200;

interface PreviewMessage {
  id: string;
  isQuestion: boolean;
  parts: { text: string; isMatch: boolean }[];
}

/**
 * What the chosen conversation says, around what was found. It only repeats: not for the ear, nor for
 * Tab, which stops at whatever scrolls.
 */
@Component({
  selector: 'app-search-preview',
  templateUrl: './search-preview.html',
  styleUrl: './search-preview.scss',
  host: { 'aria-hidden': 'true', tabindex: '-1' },
})
export class SearchPreview {
  readonly option = input<SearchOption | null>(null);

  private readonly api = inject(ApiClient);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly i18n = inject(I18n);
  private readonly kept = new Map<string, readonly Message[]>();
  private readonly messages = signal<readonly Message[] | null>(null);

  protected readonly text = computed(() => this.i18n.text().conversations.search);
  protected readonly found = computed(() => {
    const option = this.option();
    return option?.kind === 'conversation' ? option : null;
  });
  protected readonly shown = computed<PreviewMessage[] | null>(() => {
    const words = (this.found()?.hit?.snippet ?? []).filter((part) => part.isMatch);
    return (
      this.messages()?.map(({ id, role, content }) => ({
        id,
        isQuestion: role === 'user',
        parts: markedParts(
          shortened(content),
          words.map((part) => part.text),
        ),
      })) ?? null
    );
  });

  constructor() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    effect(() => {
      const id = this.found()?.conversation.id ?? null;
      clearTimeout(timer);
      this.messages.set(id === null ? null : (this.kept.get(id) ?? null));
      if (id !== null && !this.kept.has(id)) {
        timer = setTimeout(() => untracked(() => void this.read(id)), PAUSE_MS);
      }
    });
    effect(() => {
      this.shown();
      afterNextRender(() => this.reveal(), { injector: this.injector });
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(timer));
  }

  private async read(id: string): Promise<void> {
    try {
      const { messages } = await this.api.get<OpenConversation>(`/chat/conversations/${id}`);
      this.kept.set(id, messages);
      const oldest = this.kept.keys().next().value;
      if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
      if (this.found()?.conversation.id === id) this.messages.set(messages);
    } catch {
      // The line itself says enough; opening it says what is wrong.
    }
  }

  /** Where the words are; without any, the end. */
  private reveal(): void {
    const id = this.found()?.hit?.messageId;
    const found = id ? this.host.querySelector(`[data-message="${id}"]`) : null;
    const mark = found?.querySelector('mark') ?? found;
    if (mark) mark.scrollIntoView?.({ block: 'center' });
    else if (this.host.scrollTo) this.host.scrollTo({ top: this.host.scrollHeight });
  }
}

function shortened(content: string): string {
  return content.length <= MOST_CHARACTERS ? content : `${content.slice(0, MOST_CHARACTERS)}…`;
}
