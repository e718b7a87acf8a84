/**
 * Moves the focus to the heading of the turn before or after the one that has it; without one, from
 * what is at the top of the window. False if there is no further turn.
 */
export function focusTurn(scroller: HTMLElement, step: 1 | -1): boolean {
  const headings = [...scroller.querySelectorAll<HTMLElement>('h2.turn')];
  const at = headings.findIndex((heading) =>
    heading.closest('article')?.contains(scroller.ownerDocument.activeElement),
  );
  const target = headings[at === -1 ? fromTop(headings, scroller, step) : at + step];
  if (target === undefined) return false;
  focusHeading(target);
  return true;
}

/** Gives the focus to the heading of a turn, and the turn the top of the window. */
export function focusHeading(heading: HTMLElement): void {
  heading.focus({ preventScroll: true });
  heading.closest('article')?.scrollIntoView({ block: 'start' });
}

/** The first turn that ends below the top edge is the one being read. */
function fromTop(headings: HTMLElement[], scroller: HTMLElement, step: 1 | -1): number {
  const { top } = scroller.getBoundingClientRect();
  const read = headings.findIndex(
    (heading) => (heading.closest('article')?.getBoundingClientRect().bottom ?? 0) > top + 16,
  );
  if (read === -1) return step === -1 ? headings.length - 1 : headings.length;
  return step === -1 ? read - 1 : read;
}
