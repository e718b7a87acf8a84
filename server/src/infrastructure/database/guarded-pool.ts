import pg, { type PoolConfig } from 'pg';

const nothing = (): void => undefined;

/**
 * A `pg` pool whose connections end nobody but themselves. The library listens to a connection while
 * it is idle, and whoever has it may while it is used; one that dies in between, as one does that is
 * ready and ended in the same packet, would end the process. What was asked on it fails all the same.
 */
export class GuardedPool extends pg.Pool {
  constructor(config: PoolConfig) {
    super(config);
    this.on('connect', (client) => client.on('error', nothing));
  }
}
