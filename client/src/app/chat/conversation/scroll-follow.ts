import {
  DestroyRef,
  Directive,
  ElementRef,
  Injector,
  afterEveryRender,
  afterNextRender,
  booleanAttribute,
  inject,
  input,
  signal,
} from '@angular/core';

/** Beyond this many pixels from the end one is away; within that many one is back. */
const AWAY = 200;
const BACK = 60;

const UPWARD_KEYS = new Set(['PageUp', 'ArrowUp', 'Home']);

/**
 * Keeps the end of a growing text in view for as long as the reader is there. Any move upward
 * lets go; coming back to the end takes hold again.
 */
@Directive({
  selector: '[appScrollFollow]',
  exportAs: 'scrollFollow',
  host: {
    '(scroll)': 'noteScroll()',
    '(wheel)': '$event.deltaY < 0 && letGo()',
    '(touchmove)': 'letGo()',
    '(keydown)': 'noteKey($event)',
  },
})
export class ScrollFollow {
  /** Whether to follow at all. */
  readonly appScrollFollow = input(true, { transform: booleanAttribute });

  /** Something is being written; what grows otherwise is no news. */
  readonly isGrowing = input(true);

  /** The reader is far from the end. */
  readonly isAway = signal(false);
  /** Something was written since the reader left the end. */
  readonly hasNews = signal(false);

  /** Another text is being shown, and its place is not taken yet. */
  readonly isSettling = signal(false);

  readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private isFollowing = true;
  private lastTop = 0;
  private lastHeight = 0;
  private observed: Element | null = null;
  private readonly observer =
    typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.noteGrowth());

  constructor() {
    afterEveryRender(() => this.observeContent());
    inject(DestroyRef).onDestroy(() => this.observer?.disconnect());
  }

  /** Goes to the end and follows it. */
  jump(): void {
    this.isFollowing = true;
    this.hasNews.set(false);
    this.element.scrollTo({ top: this.element.scrollHeight, behavior: this.behavior() });
    this.element.focus({ preventScroll: true });
  }

  /** Goes to the end at once, as of a text that has just been opened, and follows it. */
  goToEnd(): void {
    this.isFollowing = true;
    this.hasNews.set(false);
    this.element.scrollTo({ top: this.element.scrollHeight, behavior: 'instant' });
    this.isAway.set(false);
  }

  /** To be called before something is put above what is read, and what it gives after that. */
  keepPlace(): () => void {
    const { scrollHeight, scrollTop } = this.element;
    const settle = () => {
      this.element.scrollTop = this.element.scrollHeight - scrollHeight + scrollTop;
      this.element.style.overflowAnchor = '';
    };
    // The browser's own way of keeping the place would come on top.
    this.element.style.overflowAnchor = 'none';
    return () => afterNextRender(settle, { injector: this.injector });
  }

  /** The reader is somewhere else now: nothing is followed before the end is reached. */
  stay(): void {
    this.isFollowing = false;
    this.noteDistance();
  }

  /** Brings the newest exchange to the top of the window and follows it from there. */
  showNewest(): void {
    this.isFollowing = true;
    this.hasNews.set(false);
    this.element.scrollTo({ top: this.element.scrollHeight, behavior: this.behavior() });
  }

  protected letGo(): void {
    if (this.element.scrollTop > 0) this.isFollowing = false;
  }

  protected noteKey(event: KeyboardEvent): void {
    if (UPWARD_KEYS.has(event.key)) this.letGo();
  }

  protected noteScroll(): void {
    const { scrollTop, scrollHeight } = this.element;
    const movedUp = scrollTop < this.lastTop - 1 && scrollHeight >= this.lastHeight;
    if (movedUp) this.isFollowing = false;
    this.lastTop = scrollTop;
    this.lastHeight = scrollHeight;
    this.noteDistance();
  }

  private observeContent(): void {
    const content = this.element.firstElementChild;
    if (content === this.observed) return;
    this.observer?.disconnect();
    this.observed = content;
    if (content !== null) this.observer?.observe(content);
  }

  private noteGrowth(): void {
    const hasGrown = this.element.scrollHeight > this.lastHeight;
    if (this.follows()) this.element.scrollTop = this.element.scrollHeight;
    else if (hasGrown && this.isGrowing() && this.distance() > BACK) this.hasNews.set(true);
    this.lastHeight = this.element.scrollHeight;
    this.noteDistance();
  }

  private noteDistance(): void {
    const distance = this.distance();
    if (distance > AWAY) this.isAway.set(true);
    if (distance >= BACK) return;
    this.isAway.set(false);
    this.hasNews.set(false);
    if (this.element.scrollTop >= this.lastTop) this.isFollowing = true;
  }

  private distance(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight;
  }

  private follows(): boolean {
    return this.appScrollFollow() && this.isFollowing && !this.isSelecting();
  }

  /** Text one is marking must not slip away under the pointer. */
  private isSelecting(): boolean {
    const selection = this.element.ownerDocument.getSelection();
    return (
      selection !== null &&
      !selection.isCollapsed &&
      selection.anchorNode !== null &&
      this.element.contains(selection.anchorNode)
    );
  }

  private behavior(): ScrollBehavior {
    const isReduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    return isReduced ? 'instant' : 'smooth';
  }
}
