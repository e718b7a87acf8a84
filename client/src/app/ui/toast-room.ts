import {
  DestroyRef,
  Directive,
  DOCUMENT,
  ElementRef,
  afterNextRender,
  effect,
  inject,
  input,
} from '@angular/core';

/**
 * Where toasts find room: beside the start of the element (what is left of it stays free), or above
 * it. They stand in the corner of the window that is left.
 */
@Directive({ selector: '[appToastRoom]' })
export class ToastRoom {
  readonly side = input.required<'beside' | 'above'>({ alias: 'appToastRoom' });
  /** Where it is false, the element leaves the room to the toasts. */
  readonly wanted = input(true, { alias: 'appToastRoomWanted' });
  /** Pixels above the element that are needed for something else. */
  readonly taken = input(0, { alias: 'appToastRoomTaken' });

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly root = inject(DOCUMENT).documentElement;

  constructor() {
    const observer =
      typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.measure());
    // It moves as the window, or what stands before it, gets another size.
    afterNextRender(() => {
      for (const moving of [this.root, this.element, this.element.previousElementSibling]) {
        if (moving !== null) observer?.observe(moving);
      }
    });
    effect(() => this.measure());
    inject(DestroyRef).onDestroy(() => {
      observer?.disconnect();
      this.root.style.removeProperty(PROPERTIES[this.side()]);
    });
  }

  private measure(): void {
    const { left, top } = this.element.getBoundingClientRect();
    const side = this.side();
    const needed = side === 'beside' ? left : this.root.clientHeight - top + this.taken();
    const room = this.wanted() ? needed : 0;
    this.root.style.setProperty(PROPERTIES[side], `${Math.max(0, Math.round(room))}px`);
  }
}

/** Read by `.app-toast` in styles/_overlays.scss. */
const PROPERTIES = { beside: '--app-toast-beside', above: '--app-toast-above' };
