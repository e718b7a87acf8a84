import { DOCUMENT, Directive, ElementRef, afterEveryRender, inject } from '@angular/core';

/** What is worth being led to when something in it is gone. */
const PLACES = 'table, ul, ol, form, fieldset, section';

/**
 * Keeps the focus on a page when what had it goes, as the row that was deleted, or is locked for a
 * while, as the button that saves. Else it falls to the body, and a screen reader begins at the top.
 */
@Directive({
  selector: '[appKeptFocus]',
  host: { '(focusin)': 'note($event)', '(document:pointerdown)': 'forget()' },
})
export class KeptFocus {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly document = inject(DOCUMENT);
  /** What had the focus last, and what it is in, from the inside. */
  private way: readonly HTMLElement[] = [];
  private isLocked = false;

  constructor() {
    afterEveryRender(() => this.keep());
  }

  protected note({ target }: FocusEvent): void {
    const way: HTMLElement[] = [];
    let each = target as HTMLElement | null;
    for (; each !== null && each !== this.host; each = each.parentElement) way.push(each);
    this.way = way;
    this.isLocked = false;
  }

  /** A click beside everything takes the focus away, and is meant to. */
  protected forget(): void {
    this.way = [];
  }

  private keep(): void {
    const [last, ...around] = this.way;
    if (last === undefined) return;
    const isLocked = last.isConnected && last.matches(':disabled');
    const wasLocked = this.isLocked;
    this.isLocked ||= isLocked;
    if (isLocked || this.document.activeElement !== this.document.body) return;
    if (last.isConnected) return wasLocked ? this.focus(last) : undefined;
    const stays = around.find((one) => one.isConnected && one.matches(PLACES));
    const place = stays ?? this.host.querySelector<HTMLElement>('h1, h2');
    if (place?.hasAttribute('tabindex') === false) place.tabIndex = -1;
    if (place) this.focus(place);
  }

  private focus(element: HTMLElement): void {
    element.focus({ preventScroll: true });
  }
}
