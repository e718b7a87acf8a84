import { Directive, output } from '@angular/core';

/** How near the edge a touch must begin, and how far it must go, in pixels. */
const EDGE = 24;
const DISTANCE = 56;

/** Tells when a finger draws in from the starting edge of the screen. */
@Directive({
  host: {
    '(touchstart)': 'begin($event)',
    '(touchmove)': 'move($event)',
    '(touchend)': 'cancel()',
    '(touchcancel)': 'cancel()',
  },
})
export class EdgeSwipe {
  readonly swiped = output<void>();

  private origin: Touch | null = null;

  protected begin(event: TouchEvent): void {
    const touch = event.touches.length === 1 ? event.touches[0] : undefined;
    this.origin = touch !== undefined && touch.clientX <= EDGE ? touch : null;
  }

  protected move(event: TouchEvent): void {
    const touch = event.touches[0];
    if (this.origin === null || touch === undefined) return;
    const across = touch.clientX - this.origin.clientX;
    const along = Math.abs(touch.clientY - this.origin.clientY);
    if (along > across && along > EDGE) this.cancel();
    else if (across > DISTANCE) this.finish();
  }

  protected cancel(): void {
    this.origin = null;
  }

  private finish(): void {
    this.cancel();
    this.swiped.emit();
  }
}
