import { Injectable } from '@nestjs/common';

export interface HealthReport {
  ok: boolean;
  /** One word or short sentence for the operator; never a secret. */
  detail?: string;
}

export type HealthCheck = () => Promise<HealthReport>;

/** Where modules register what the service depends on; `/health` and `/health/ready` ask them all. */
@Injectable()
export class HealthChecksService {
  private readonly checks = new Map<string, HealthCheck>();
  private draining = false;

  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  /** From now on `/health/ready` is down, so that load balancers send nothing new. */
  startDraining(): void {
    this.draining = true;
  }

  get isDraining(): boolean {
    return this.draining;
  }

  /** Runs every check at once; one that throws or takes longer than `timeoutMs` is down. */
  async run(timeoutMs: number): Promise<Record<string, HealthReport>> {
    const names = [...this.checks.keys()];
    const reports = await Promise.all(
      [...this.checks.values()].map((check) => withDeadline(check, timeoutMs)),
    );
    return Object.fromEntries(names.map((name, index) => [name, reports[index]!]));
  }
}

async function withDeadline(check: HealthCheck, timeoutMs: number): Promise<HealthReport> {
  const deadline = Promise.withResolvers<HealthReport>();
  const timer = setTimeout(
    () => deadline.resolve({ ok: false, detail: `no answer in ${timeoutMs} ms` }),
    timeoutMs,
  );
  try {
    return await Promise.race([check(), deadline.promise]);
  } catch {
    return { ok: false, detail: 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
