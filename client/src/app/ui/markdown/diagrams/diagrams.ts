import { DestroyRef, Directive, ElementRef, effect, inject, signal } from '@angular/core';

import { I18n } from '../../../core/i18n/i18n';
import { DarkMode } from '../../../core/theme/dark-mode';
import { type DiagramFault, DiagramFrame } from './diagram-frame';
import { pictureOf } from './diagram-picture';
import { DiagramView } from './diagram-view';

/**
 * Draws the diagrams of an answer: each when it comes into view, and again when the page becomes
 * light or dark. Until then, and where it cannot be drawn, its source is shown.
 */
@Directive({ selector: '[appDiagrams]' })
export class Diagrams {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly frame = inject(DiagramFrame);
  private readonly darkMode = inject(DarkMode);
  private readonly i18n = inject(I18n);
  private readonly views = new Map<Element, DiagramView>();
  private readonly seen = signal<readonly DiagramView[]>([]);
  private observer: IntersectionObserver | null = null;

  constructor() {
    effect(() => {
      const isDark = this.darkMode.isOn();
      for (const view of this.seen()) void this.draw(view, isDark);
    });
    inject(DestroyRef).onDestroy(() => {
      this.observer?.disconnect();
      for (const view of this.views.values()) view.release();
    });
  }

  /** Looks for diagrams that have come, and forgets those that are gone. */
  refresh(): void {
    for (const [block, view] of this.views) if (!block.isConnected) this.forget(block, view);
    for (const block of this.host.querySelectorAll<HTMLElement>('[data-diagram]')) {
      if (this.views.has(block)) continue;
      this.views.set(block, new DiagramView(block, this.i18n));
      this.observe(block);
    }
  }

  /** Changes between a diagram and its source, for the button that was pressed. */
  toggle(button: Element): void {
    const block = button.closest('[data-diagram]');
    if (block !== null) this.views.get(block)?.toggleSource();
  }

  private observe(block: Element): void {
    this.observer ??= new IntersectionObserver((entries) => this.see(entries), {
      rootMargin: '200px',
    });
    this.observer.observe(block);
  }

  private see(entries: IntersectionObserverEntry[]): void {
    const visible = entries.filter(({ isIntersecting }) => isIntersecting);
    for (const { target } of visible) this.observer?.unobserve(target);
    const views = visible.map(({ target }) => this.views.get(target));
    this.seen.update((seen) => [...seen, ...views.filter((view) => view !== undefined)]);
  }

  private async draw(view: DiagramView, isDark: boolean): Promise<void> {
    if (view.isDrawn(isDark)) return;
    const drawing = await this.frame.draw(view.source, isDark);
    if (typeof drawing === 'string' || 'message' in drawing) {
      view.fail(this.reason(drawing));
      return;
    }
    const picture = pictureOf(drawing.svg);
    if (picture === null) view.fail(this.reason('large'));
    else view.show(picture, drawing.kind, isDark);
  }

  private forget(block: Element, view: DiagramView): void {
    this.observer?.unobserve(block);
    this.views.delete(block);
    this.seen.update((seen) => seen.filter((other) => other !== view));
    view.release();
  }

  private reason(fault: DiagramFault): string {
    const text = this.i18n.text().markdown;
    if (typeof fault !== 'string') return fault.message;
    const reasons = {
      large: text.diagramTooLarge,
      foreign: text.diagramIsForeign,
      slow: text.diagramTooSlow,
      unavailable: text.diagramUnavailable,
    };
    return reasons[fault];
  }
}
