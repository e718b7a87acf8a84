import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type HoldsService } from '../../budgets/index.js';
import { CheckpointsService } from './checkpoints.service.js';
import { type MeteredRequest } from './metered-request.js';

/** An open stream, as far as its checkpoints go. */
class OpenStream {
  produced = 0;
  private noted = 0;

  constructor(private readonly id: string) {}

  nextCheckpoint() {
    if (this.produced === this.noted) return null;
    this.noted = this.produced;
    return { id: this.id, checkpoint: String(this.produced) };
  }

  checkpointLost(): void {
    this.noted = 0;
  }
}

function setUp() {
  Logger.overrideLogger(false);
  const written: string[] = [];
  const holds = {
    answer: () => Promise.resolve(),
    async checkpoint(items: readonly { id: string; checkpoint: string }[]) {
      written.push(items.map(({ id, checkpoint }) => `${id} ${checkpoint}`).join(', '));
      await holds.answer();
    },
  };
  const service = new CheckpointsService(holds as unknown as HoldsService);
  const open = (id: string) => {
    const stream = new OpenStream(id);
    const place = service.watch(stream as unknown as MeteredRequest);
    return Object.assign(stream, { place });
  };
  return { service, holds, written, open };
}

describe('CheckpointsService', () => {
  it('notes all that have produced something since, together', async () => {
    const { service, written, open } = setUp();
    const [a, b, c] = [open('a'), open('b'), open('c')];
    a.produced = 1;
    b.produced = 2;
    await service.write();
    await service.write();
    b.produced = 3;
    c.produced = 9;
    service.forget(c.place);
    await service.write();
    expect(written).toEqual(['a 1, b 2', 'b 3']);
  });

  it('notes again, the next time, what could not be noted', async () => {
    const { service, holds, written, open } = setUp();
    open('a').produced = 4;
    holds.answer = () => Promise.reject(new Error('away'));
    await service.write();
    holds.answer = () => Promise.resolve();
    await service.write();
    await service.write();
    expect(written).toEqual(['a 4', 'a 4']);
  });

  it('does not begin anew while the database is slow, and loses nothing', async () => {
    const { service, holds, written, open } = setUp();
    const answer = Promise.withResolvers<void>();
    const stream = open('a');
    stream.produced = 1;
    holds.answer = () => answer.promise;
    const first = service.write();
    stream.produced = 2;
    await service.write();
    expect(written).toEqual(['a 1']);
    answer.resolve();
    await first;
    await service.write();
    expect(written).toEqual(['a 1', 'a 2']);
  });
});
