import { DestroyRef, Directive, ElementRef, afterNextRender, inject, output } from '@angular/core';

/** How long before it comes into sight. */
const MARGIN = '240px';

/** Tells that an element is about to be seen; again each time it comes back into sight. */
@Directive({ selector: '[appWhenSeen]' })
export class WhenSeen {
  readonly appWhenSeen = output<void>();

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      if (typeof IntersectionObserver === 'undefined') return;
      const observer = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) this.appWhenSeen.emit();
        },
        { root: scrollerOf(element), rootMargin: MARGIN },
      );
      observer.observe(element);
      destroyed.onDestroy(() => observer.disconnect());
    });
  }
}

/** The margin only counts at the edge of what scrolls. */
function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return null;
}
