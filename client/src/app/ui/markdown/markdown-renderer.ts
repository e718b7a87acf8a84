import { DestroyRef, Service, inject } from '@angular/core';

import { type RenderReply, type RenderRequest, asWritten } from './markdown-messages';
import { startMarkdownWorker } from './markdown-worker';

/** Longer than the largest answer takes; what takes longer will never end. */
const PATIENCE_MS = 20_000;

type Render = (request: RenderRequest) => Promise<RenderReply>;

/**
 * Renders Markdown beside the main thread, so that a long answer never holds up typing or
 * scrolling. If the browser gives no worker, it does the same work here.
 */
@Service()
export class MarkdownRenderer {
  private readonly waiting = new Map<number, Waiting>();
  private sequence = 0;
  private worker: Worker | null = null;
  private watch: ReturnType<typeof setTimeout> | undefined;
  private run: Render = (request) => this.start()(request);

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.watch);
      this.worker?.terminate();
    });
  }

  /** Starts the worker, so that the first text need not wait for it. */
  prepare(): void {
    if (this.worker === null) this.start();
  }

  /** Renders one state of an answer; the reply holds the blocks that may have changed. */
  render(request: Omit<RenderRequest, 'sequence'>): Promise<RenderReply> {
    return this.run({ ...request, sequence: ++this.sequence });
  }

  private start(): Render {
    try {
      this.worker = startMarkdownWorker();
      this.worker.onmessage = ({ data }: MessageEvent<RenderReply>) => this.settle(data);
      this.worker.onerror = () => this.fallBack();
      this.run = (request) => this.post(request);
    } catch {
      this.run = onMainThread;
    }
    return this.run;
  }

  private post(request: RenderRequest): Promise<RenderReply> {
    return new Promise((resolve, reject) => {
      this.waiting.set(request.sequence, { request, settle: { resolve, reject } });
      this.worker?.postMessage(request);
      if (this.waiting.size === 1) this.watchOver();
    });
  }

  private settle(reply: RenderReply): void {
    this.waiting.get(reply.sequence)?.settle.resolve(reply);
    this.waiting.delete(reply.sequence);
    this.watchOver();
  }

  /** The worker does one request after the other: the time runs for the oldest. */
  private watchOver(): void {
    clearTimeout(this.watch);
    if (this.waiting.size > 0) this.watch = setTimeout(() => this.giveUpOldest(), PATIENCE_MS);
  }

  /** A text the renderer is lost in is shown as it is written; a new worker does the others. */
  private giveUpOldest(): void {
    const [oldest, ...others] = this.waiting.values();
    this.worker?.terminate();
    this.waiting.clear();
    this.start();
    oldest?.settle.resolve(asWritten(oldest.request));
    for (const { request, settle } of others) this.run(request).then(settle.resolve, settle.reject);
  }

  /** The worker died or never came up: what it owes is done here, and all that follows. */
  private fallBack(): void {
    this.worker?.terminate();
    clearTimeout(this.watch);
    this.run = onMainThread;
    for (const { request, settle } of this.waiting.values()) {
      onMainThread(request).then(settle.resolve, settle.reject);
    }
    this.waiting.clear();
  }
}

interface Waiting {
  request: RenderRequest;
  settle: Settle;
}

interface Settle {
  resolve: (reply: RenderReply) => void;
  reject: (reason: unknown) => void;
}

const onMainThread: Render = async (request) => (await import('./markdown-desk')).render(request);
