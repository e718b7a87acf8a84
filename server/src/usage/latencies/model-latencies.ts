import { LatencyHistogram } from './latency-histogram.js';

/** How long requests took: until the first token of a stream, and until the whole answer was there. */
export interface Latencies {
  readonly firstToken: LatencyHistogram;
  readonly whole: LatencyHistogram;
}

/** What the log has of a request that tells how long it took. */
export interface TimedRequest {
  readonly model: string;
  readonly source: string;
  readonly isStream: boolean;
  readonly isCompleted: boolean;
  readonly firstByteMs: number | null;
  readonly durationMs: number;
}

export type LatencyFilter = Readonly<{ model?: string; source?: string }>;

type Packed = [model: string, source: string, firstToken: number[], whole: number[]];

export const noLatencies = (): Latencies => ({
  firstToken: new LatencyHistogram(),
  whole: new LatencyHistogram(),
});

/** Latencies by model and source, as they are kept of an hour or a day. */
export class ModelLatencies {
  private readonly found = new Map<string, Latencies & { model: string; source: string }>();

  /** An answer that came in one piece has no first token, and one that broke off is no whole. */
  add({ model, source, isStream, isCompleted, firstByteMs, durationMs }: TimedRequest): void {
    const isTimed = isStream && firstByteMs !== null;
    if (!isTimed && !isCompleted) return;
    const { firstToken, whole } = this.of(model, source);
    if (isTimed) firstToken.add(firstByteMs);
    if (isCompleted) whole.add(durationMs);
  }

  /** Adds what `pack` answered. */
  addPacked(text: string): void {
    for (const [model, source, firstToken, whole] of JSON.parse(text) as Packed[]) {
      const latencies = this.of(model, source);
      latencies.firstToken.addPacked(firstToken);
      latencies.whole.addPacked(whole);
    }
  }

  pack(): string {
    const packed = [...this.found.values()].map(({ model, source, firstToken, whole }) => {
      return [model, source, firstToken.toJSON(), whole.toJSON()] satisfies Packed;
    });
    return JSON.stringify(packed);
  }

  /** Of each model that has any, and of all together. */
  byModel(filter: LatencyFilter): { total: Latencies; models: Map<string, Latencies> } {
    const total = noLatencies();
    const models = new Map<string, Latencies>();
    for (const { model, source, firstToken, whole } of this.found.values()) {
      if (filter.model !== undefined && filter.model !== model) continue;
      if (filter.source !== undefined && filter.source !== source) continue;
      let ofModel = models.get(model);
      if (!ofModel) models.set(model, (ofModel = noLatencies()));
      for (const sum of [total, ofModel]) {
        sum.firstToken.addAll(firstToken);
        sum.whole.addAll(whole);
      }
    }
    return { total, models };
  }

  private of(model: string, source: string): Latencies {
    const key = `${model}\0${source}`;
    let latencies = this.found.get(key);
    if (!latencies) this.found.set(key, (latencies = { model, source, ...noLatencies() }));
    return latencies;
  }
}
