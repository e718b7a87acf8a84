import { type I18n } from '../../../core/i18n/i18n';
import { type DiagramPicture } from './diagram-picture';

/** How far a diagram shrinks to fit, so that its words can still be read. */
const SMALLEST = 0.6;

/**
 * One diagram in the page. It begins as the code block of its source; the picture, or the reason
 * why there is none, is put above, and a button changes between picture and source.
 */
export class DiagramView {
  readonly source: string;
  private readonly toggle: HTMLButtonElement | null;
  private url: string | null = null;
  /** For which appearance it was drawn, or was tried in vain. */
  private drawnDark: boolean | null = null;

  constructor(
    private readonly block: HTMLElement,
    private readonly i18n: I18n,
  ) {
    this.source = block.querySelector('code')?.textContent ?? '';
    this.toggle = block.querySelector('[data-source]');
  }

  isDrawn(isDark: boolean): boolean {
    if (this.drawnDark === isDark) return true;
    this.drawnDark = isDark;
    return false;
  }

  show({ file, width, height, title }: DiagramPicture, kind: string, isDark: boolean): void {
    if (this.drawnDark !== isDark) return;
    this.release();
    this.url = URL.createObjectURL(file);
    const picture = this.picture(this.i18n.text().markdown.diagramAlt(kind, title));
    Object.assign(picture, { width, height, src: this.url });
    picture.style.minInlineSize = `${Math.round(width * SMALLEST)}px`;
    this.block.classList.add('is-drawn');
    this.sayWhatToggleDoes();
  }

  fail(reason: string): void {
    const { diagramFaulty } = this.i18n.text().markdown;
    this.block.classList.remove('is-drawn');
    this.part('diagram-fault', 'p').textContent = diagramFaulty(reason);
  }

  toggleSource(): void {
    this.block.classList.toggle('is-source');
    this.sayWhatToggleDoes();
  }

  /** Gives the picture's memory back. */
  release(): void {
    if (this.url !== null) URL.revokeObjectURL(this.url);
    this.url = null;
  }

  private picture(alt: string): HTMLImageElement {
    const box = this.part('diagram-picture', 'div');
    box.tabIndex = 0;
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', this.i18n.text().markdown.diagram);
    const picture = box.querySelector('img') ?? box.ownerDocument.createElement('img');
    picture.alt = alt;
    if (picture.parentNode === null) box.append(picture);
    return picture;
  }

  /** A part of the block that may not be there yet; it is put above the source. */
  private part<T extends keyof HTMLElementTagNameMap>(name: string, tag: T): HTMLElement {
    const known = this.block.querySelector<HTMLElement>(`.${name}`);
    if (known !== null) return known;
    const created = this.block.ownerDocument.createElement(tag);
    created.className = name;
    this.block.querySelector('pre')?.before(created);
    return created;
  }

  private sayWhatToggleDoes(): void {
    if (this.toggle === null) return;
    const { showSource, showDiagram } = this.i18n.text().markdown;
    const isSource = this.block.classList.contains('is-source');
    this.toggle.textContent = isSource ? showDiagram : showSource;
  }
}
