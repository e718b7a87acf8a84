import {
  Component,
  ViewEncapsulation,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Clipboard } from '../clipboard';
import { ICON_PATHS, ICON_UNITS } from '../icon/icon-paths';
import { type MarkdownFurniture } from './markdown-html';
import { MarkdownRenderer } from './markdown-renderer';
import { SafeHtml } from './safe-html';

/** Texts beyond this size are rendered less often while they grow. */
const LONG_TEXT_CHARACTERS = 100_000;
const LONG_TEXT_PAUSE_MS = 300;

let documents = 0;

/** Markdown with formulas and coloured code, also while it is still being written. */
@Component({
  selector: 'app-markdown',
  imports: [SafeHtml],
  template: `
    @for (block of blocks(); track $index) {
      <div class="markdown-block" [appSafeHtml]="block"></div>
    }
  `,
  styleUrl: './markdown.scss',
  encapsulation: ViewEncapsulation.None,
  host: { class: 'markdown', '(click)': 'copyCode($event)' },
})
export class Markdown {
  readonly text = input.required<string>();
  /** More text is to come: open formulas and code wait for their end. */
  readonly isStreaming = input(false);

  protected readonly blocks = signal<readonly string[]>([]);

  private readonly renderer = inject(MarkdownRenderer);
  private readonly clipboard = inject(Clipboard);
  private readonly i18n = inject(I18n);
  private readonly document = `markdown-${++documents}`;
  private readonly furniture = computed(() => furnitureOf(this.i18n));
  private isBusy = false;
  private isStale = false;

  constructor() {
    effect(() => {
      this.text();
      this.isStreaming();
      this.furniture();
      untracked(() => void this.refresh());
    });
  }

  /** Renders the newest text; while one rendering runs, whatever arrives is left for the next. */
  private async refresh(): Promise<void> {
    this.isStale = true;
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.isStale) {
      this.isStale = false;
      await this.renderOnce();
    }
    this.isBusy = false;
  }

  private async renderOnce(): Promise<void> {
    const text = this.text();
    const isFinal = !this.isStreaming();
    const furniture = this.furniture();
    const reply = await this.renderer.render({ document: this.document, text, isFinal, furniture });
    this.blocks.update((blocks) => [...blocks.slice(0, reply.from), ...reply.blocks]);
    if (!isFinal && text.length > LONG_TEXT_CHARACTERS) await pause(LONG_TEXT_PAUSE_MS);
  }

  /** Code blocks are plain HTML; their copy buttons are served here. */
  protected async copyCode(event: Event): Promise<void> {
    const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
    const code = button?.closest('.code')?.querySelector('code');
    if (button === null || code === null || code === undefined) return;
    if (!(await this.clipboard.copy(code.textContent))) return;
    button.classList.add('is-copied');
    setTimeout(() => button.classList.remove('is-copied'), Clipboard.CONFIRMATION_MS);
  }
}

function furnitureOf(i18n: I18n): MarkdownFurniture {
  const text = i18n.text().chat.markdown;
  return {
    ...text,
    codeLabel: text.codeLabel('%s'),
    plainCodeLabel: text.codeLabel(''),
    image: text.image('%s', '%h'),
    copyIcon: ICON_PATHS.content_copy,
    copiedIcon: ICON_PATHS.check,
    iconBox: `0 -${ICON_UNITS} ${ICON_UNITS} ${ICON_UNITS}`,
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
