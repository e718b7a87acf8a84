import {
  Component,
  DestroyRef,
  Injector,
  ViewEncapsulation,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Clipboard } from '../clipboard';
import { slices } from './block-slices';
import { Diagrams } from './diagrams/diagrams';
import { ICON_PATHS, ICON_UNITS } from '../icon/icon-paths';
import { followFootnote } from './footnotes';
import { type BlockUpdate } from './incremental-markdown';
import { type MarkdownFurniture } from './markdown-html';
import { MarkdownRenderer } from './markdown-renderer';
import { SafeHtml } from './safe-html';

/** Texts beyond this size are rendered less often while they grow. */
const LONG_TEXT_CHARACTERS = 100_000;
const LONG_TEXT_PAUSE_MS = 300;
/** With more blocks than this, those out of view are not laid out. */
const MANY_BLOCKS = 120;

let documents = 0;

/** Markdown with formulas, coloured code and diagrams, also while it is still being written. */
@Component({
  selector: 'app-markdown',
  imports: [SafeHtml],
  template: `
    @for (block of blocks(); track $index) {
      <div class="markdown-block" dir="auto" [appSafeHtml]="block"></div>
    }
  `,
  styleUrl: './markdown.scss',
  encapsulation: ViewEncapsulation.None,
  hostDirectives: [Diagrams],
  host: { class: 'markdown', '[class.is-long]': 'isLong()', '(click)': 'press($event)' },
})
export class Markdown {
  readonly text = input.required<string>();
  /** More text is to come: open formulas and code wait for their end. */
  readonly isStreaming = input(false);

  protected readonly blocks = signal<readonly string[]>([]);

  protected readonly isLong = computed(() => this.blocks().length > MANY_BLOCKS);

  private readonly renderer = inject(MarkdownRenderer);
  private readonly clipboard = inject(Clipboard);
  private readonly i18n = inject(I18n);
  private readonly diagrams = inject(Diagrams);
  private readonly injector = inject(Injector);
  private readonly document = `markdown-${++documents}`;
  private readonly furniture = computed(() => furnitureOf(this.i18n));
  private isBusy = false;
  private isStale = false;
  private isGone = false;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.isGone = true;
    });
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
    await this.show(reply);
    if (isFinal && !this.isGone) this.drawDiagrams();
    if (!isFinal && text.length > LONG_TEXT_CHARACTERS) await pause(LONG_TEXT_PAUSE_MS);
  }

  /** Puts the blocks into the page, many of them in several frames. */
  private async show(update: BlockUpdate): Promise<void> {
    let isFirst = true;
    for (const blocks of slices(this.blocks(), update)) {
      if (!isFirst) await nextFrame();
      if (this.isGone) return;
      this.blocks.set(blocks);
      isFirst = false;
    }
  }

  private drawDiagrams(): void {
    afterNextRender(() => this.diagrams.refresh(), { injector: this.injector });
  }

  /** Code blocks and footnotes are plain HTML; their buttons are served here. */
  protected press(event: Event): void {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button === null || followFootnote(button, event.currentTarget as Element)) return;
    const block = button.closest('.code');
    if (block === null) return;
    if (button.hasAttribute('data-copy')) void this.copyCode(button, block);
    if (button.hasAttribute('data-wrap')) toggleWrap(button, block);
    if (button.hasAttribute('data-source')) this.diagrams.toggle(button);
  }

  private async copyCode(button: Element, block: Element): Promise<void> {
    const code = block.querySelector('code');
    if (code === null || !(await this.clipboard.copy(code.textContent))) return;
    button.classList.add('is-copied');
    setTimeout(() => button.classList.remove('is-copied'), Clipboard.CONFIRMATION_MS);
  }
}

function toggleWrap(button: Element, block: Element): void {
  const isWrapped = block.classList.toggle('is-wrapped');
  button.setAttribute('aria-pressed', String(isWrapped));
}

function furnitureOf(i18n: I18n): MarkdownFurniture {
  const { copyCode, wrapCode, showSource, codeLabel, image, ...text } = i18n.text().markdown;
  const { table, formula, done, open, imageNameless, imageHint, footnote, footnoteBack } = text;
  return {
    ...{ copyCode, wrapCode, showSource, table, formula, done, open, imageNameless },
    ...{ imageHint, footnoteBack, footnote: footnote('%s') },
    codeLabel: codeLabel('%s'),
    plainCodeLabel: codeLabel(''),
    image: image('%s', '%h'),
    copyIcon: ICON_PATHS.content_copy,
    copiedIcon: ICON_PATHS.check,
    wrapIcon: ICON_PATHS.wrap_text,
    imageIcon: ICON_PATHS.image,
    iconBox: `0 -${ICON_UNITS} ${ICON_UNITS} ${ICON_UNITS}`,
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** In a hidden tab there are no frames; there it does not matter when. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 200);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve);
    });
  });
}
