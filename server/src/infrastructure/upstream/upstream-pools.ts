import { Pool } from 'undici';
import { guardedConnector } from './guarded-connector.js';

export interface UpstreamPoolOptions {
  /** Most connections to one origin; further requests wait in line for one. */
  connections: number;
  connectTimeoutMs: number;
  keepAliveMs: number;
}

/**
 * One connection pool for each backend, opened when first needed and kept until shutdown. None
 * connects to link-local or metadata addresses.
 */
export class UpstreamPools {
  private readonly pools = new Map<string, Pool>();
  private readonly publicPools = new Map<string, Pool>();

  constructor(private readonly options: UpstreamPoolOptions) {}

  /** `isPublicOnly`: the pool does not connect to addresses in private networks either. */
  get(origin: string, isPublicOnly = false): Pool {
    const pools = isPublicOnly ? this.publicPools : this.pools;
    const existing = pools.get(origin);
    if (existing) return existing;
    const pool = new Pool(origin, {
      connections: this.options.connections,
      connect: guardedConnector({
        timeoutMs: this.options.connectTimeoutMs,
        allowsPrivate: !isPublicOnly,
      }),
      keepAliveTimeout: this.options.keepAliveMs,
      pipelining: 1,
      allowH2: false,
    });
    pools.set(origin, pool);
    return pool;
  }

  /** Cuts every connection. */
  async destroy(): Promise<void> {
    const pools = [...this.pools.values(), ...this.publicPools.values()];
    this.pools.clear();
    this.publicPools.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}
