/** How often a page in the background, which is given no frames, is brought up to date. */
const HIDDEN_PAUSE_MS = 250;

/**
 * Collects what arrives many times a frame and hands it on at most once a frame, so that a fast
 * model costs no more rendering than a slow one.
 */
export class FrameBuffer {
  private isScheduled = false;

  constructor(private readonly flush: () => void) {}

  /** Something has arrived: `flush` runs before the next frame. */
  touch(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    if (document.hidden) setTimeout(this.run, HIDDEN_PAUSE_MS);
    else requestAnimationFrame(this.run);
  }

  /** Hands on at once; for the end of a stream. */
  finish(): void {
    this.isScheduled = false;
    this.flush();
  }

  private readonly run = (): void => {
    if (!this.isScheduled) return;
    this.isScheduled = false;
    this.flush();
  };
}
