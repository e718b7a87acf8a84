import { Pool } from 'undici';
import { guardedConnector } from './guarded-connector.js';

export interface UpstreamPoolOptions {
  /** Most connections to one origin; further requests wait in line for one. */
  connections: number;
  keepAliveMs: number;
  /** Largest headers of an answer. */
  maxHeaderBytes: number;
}

/**
 * One connection pool for each backend, opened when first needed and kept until shutdown; where models
 * at one backend are connected to with different limits, one for each limit. None connects to
 * link-local or metadata addresses.
 */
export class UpstreamPools {
  private readonly pools = new Map<string, PoolsOfOrigin>();

  constructor(private readonly options: UpstreamPoolOptions) {}

  /** `isPublicOnly`: the pool does not connect to addresses in private networks either. */
  get(origin: string, connectMs: number, isPublicOnly = false): Pool {
    let known = this.pools.get(origin);
    if (!known) {
      known = { all: new Map(), publicOnly: new Map() };
      this.pools.set(origin, known);
    }
    const pools = isPublicOnly ? known.publicOnly : known.all;
    return pools.get(connectMs) ?? this.open(pools, origin, connectMs, !isPublicOnly);
  }

  /** Cuts every connection. */
  async destroy(): Promise<void> {
    const known = [...this.pools.values()];
    this.pools.clear();
    const pools = known.flatMap(({ all, publicOnly }) => [...all.values(), ...publicOnly.values()]);
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  private open(
    pools: PoolsByLimit,
    origin: string,
    timeoutMs: number,
    allowsPrivate: boolean,
  ): Pool {
    const pool = new Pool(origin, {
      connections: this.options.connections,
      connect: guardedConnector({ timeoutMs, allowsPrivate }),
      keepAliveTimeout: this.options.keepAliveMs,
      maxHeaderSize: this.options.maxHeaderBytes,
      pipelining: 1,
      allowH2: false,
    });
    pools.set(timeoutMs, pool);
    return pool;
  }
}

/** By the milliseconds that connecting may take. */
type PoolsByLimit = Map<number, Pool>;

interface PoolsOfOrigin {
  readonly all: PoolsByLimit;
  readonly publicOnly: PoolsByLimit;
}
