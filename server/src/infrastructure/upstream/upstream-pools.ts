import { Pool } from 'undici';

export interface UpstreamPoolOptions {
  /** Most connections to one origin; further requests wait in line for one. */
  connections: number;
  connectTimeoutMs: number;
  keepAliveMs: number;
}

/** One connection pool for each backend, opened when first needed and kept until shutdown. */
export class UpstreamPools {
  private readonly pools = new Map<string, Pool>();

  constructor(private readonly options: UpstreamPoolOptions) {}

  get(origin: string): Pool {
    const existing = this.pools.get(origin);
    if (existing) return existing;
    const pool = new Pool(origin, {
      connections: this.options.connections,
      connect: { timeout: this.options.connectTimeoutMs },
      keepAliveTimeout: this.options.keepAliveMs,
      pipelining: 1,
      allowH2: false,
    });
    this.pools.set(origin, pool);
    return pool;
  }

  /** Cuts every connection. */
  async destroy(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.destroy()));
    this.pools.clear();
  }
}
