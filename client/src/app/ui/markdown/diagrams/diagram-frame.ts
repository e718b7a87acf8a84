import { DOCUMENT, Service, inject } from '@angular/core';

/** A diagram as Mermaid draws it: SVG, not yet cleaned. */
export interface Drawing {
  svg: string;
  /** What kind it is, such as `sequence`. */
  kind: string;
}

/** Why there is no drawing: a reason the page words, or Mermaid's own message. */
export type DiagramFault = 'large' | 'foreign' | 'slow' | 'unavailable' | { message: string };

/** What the frame answers. It is not trusted: whatever it says is read as text. */
interface Reply {
  isReady?: unknown;
  id?: unknown;
  svg?: unknown;
  diagramType?: unknown;
  fault?: unknown;
}

const FRAME = '/diagrams/frame.html';
const MAX_SOURCE_CHARACTERS = 20_000;
const LOADING_TIMEOUT_MS = 30_000;
const DRAWING_TIMEOUT_MS = 10_000;
/** Elements Mermaid would hand to the browser, and pictures. Its own arrows (`<|--`, `<<`) are none. */
const FOREIGN =
  /<\s*\/?\s*(?:a|audio|base|body|button|details|embed|form|iframe|image|img|input|link|math|meta|object|script|style|svg|video)(?=[\s/>])|\bimg\s*:/i;
/** Statements about what a click does: in a picture, nothing. */
const LINKS = /^[ \t]*(?:click\s+\S+\s.*|links?\s+[^:\n]+:.*|(?:link|callback)\s+\S+\s+".*)$/gm;

/**
 * Has diagrams drawn in a frame that has neither the page's origin nor a network. Browsers give it
 * a process of its own, so that the page stays fluid however long a diagram takes; one that takes
 * too long loses its frame. One diagram at a time.
 */
@Service()
export class DiagramFrame {
  private readonly document = inject(DOCUMENT);
  private frame: Promise<HTMLIFrameElement> | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private drawings = 0;

  draw(source: string, isDark: boolean): Promise<Drawing | DiagramFault> {
    if (source.length > MAX_SOURCE_CHARACTERS) return Promise.resolve('large');
    if (FOREIGN.test(source)) return Promise.resolve('foreign');
    const drawing = this.queue.then(() => this.drawNext(source.replace(LINKS, ''), isDark));
    this.queue = drawing;
    return drawing;
  }

  private async drawNext(source: string, isDark: boolean): Promise<Drawing | DiagramFault> {
    const frame = await this.open();
    if (frame === null) return 'unavailable';
    const id = ++this.drawings;
    const answer = this.answerOf(frame, DRAWING_TIMEOUT_MS, (reply) => reply.id === id);
    const request = { id, source, isDark, maxTextSize: MAX_SOURCE_CHARACTERS };
    // The frame has no origin one could name.
    frame.contentWindow?.postMessage(request, '*');
    const reply = await answer;
    if (reply === null) this.close(frame);
    return reply === null ? 'slow' : drawingOf(reply);
  }

  private async open(): Promise<HTMLIFrameElement | null> {
    this.frame ??= this.load();
    try {
      return await this.frame;
    } catch {
      this.frame = null;
      return null;
    }
  }

  private async load(): Promise<HTMLIFrameElement> {
    const frame = this.document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.setAttribute('aria-hidden', 'true');
    frame.className = 'diagram-frame';
    frame.tabIndex = -1;
    frame.inert = true;
    frame.src = FRAME;
    const ready = this.answerOf(frame, LOADING_TIMEOUT_MS, (reply) => reply.isReady === true);
    this.document.body.append(frame);
    if ((await ready) !== null) return frame;
    frame.remove();
    throw new Error('The frame for diagrams did not load.');
  }

  private close(frame: HTMLIFrameElement): void {
    frame.remove();
    this.frame = null;
  }

  /** The frame's next message of a kind; null if it does not come in time. */
  private answerOf(
    frame: HTMLIFrameElement,
    timeoutMs: number,
    isMeant: (reply: Reply) => boolean,
  ): Promise<Reply | null> {
    return new Promise((resolve) => {
      const settle = (reply: Reply | null) => {
        clearTimeout(timer);
        removeEventListener('message', listener);
        resolve(reply);
      };
      const listener = ({ source, data }: MessageEvent<Reply | null>) => {
        const isFrame = source === frame.contentWindow && typeof data === 'object';
        if (isFrame && data !== null && isMeant(data)) settle(data);
      };
      const timer = setTimeout(() => settle(null), timeoutMs);
      addEventListener('message', listener);
    });
  }
}

function drawingOf({ svg, diagramType, fault }: Reply): Drawing | DiagramFault {
  if (typeof svg === 'string') return { svg, kind: kindOf(diagramType) };
  return { message: typeof fault === 'string' ? fault : '' };
}

/** Mermaid names what it can draw `flowchart-v2`, `stateDiagram`, `er`. */
function kindOf(type: unknown): string {
  return typeof type === 'string' ? type.replace(/-v\d+$|Diagram$/g, '').slice(0, 30) : '';
}
