import { type Logger } from 'pino';
import { RestartPause } from './restart-pause.js';
import { SharedPort } from './shared-port.js';
import { type FromWorker, isOurs } from './worker-messages.js';
import { type WorkerEnd, WorkerProcess } from './worker-process.js';
import { say, WorkerSurvey } from './worker-survey.js';

/**
 * The first process where `server.workers` asks for several: it has the port and hands each
 * connection to a worker in turn. It serves nothing itself, so that there is little it can die of.
 */
export class WorkerPool {
  /** By number: who serves, or is being started to. */
  private readonly current = new Map<number, WorkerProcess>();
  /** Those, and whom others have replaced and who still finish what they began. */
  private readonly alive = new Set<WorkerProcess>();
  private readonly pauses = new Map<number, RestartPause>();
  private readonly survey = new WorkerSurvey(() =>
    [...this.current.values()].map(({ worker }) => worker),
  );
  private readonly port = new SharedPort(() => [...this.current.values()]);
  private readonly allEnded = Promise.withResolvers<void>();
  private exitCode = 0;
  private isUp = false;
  private isStopping = false;
  private isReplacing = false;

  constructor(
    private readonly count: number,
    private readonly at: { readonly host: string; readonly port: number },
    private readonly logger: Logger,
  ) {}

  /**
   * Starts the workers and runs until `stop` and the end of the last of them. Answers the exit code.
   * The first starts alone: what is wrong is said once, and it upgrades the database for all.
   * Rejects where the port cannot be opened.
   */
  async run(): Promise<number> {
    const first = this.start(1);
    this.isUp = await first.serves;
    if (!this.isUp) return this.codeOf(await first.ended);
    if (!this.isStopping) await this.open(first);
    for (let number = 2; number <= this.count && !this.isStopping; number += 1) this.start(number);
    await this.allEnded.promise;
    return this.exitCode;
  }

  private async open(first: WorkerProcess): Promise<void> {
    try {
      await this.port.open(this.at);
    } catch (error) {
      this.isStopping = true;
      this.kill();
      throw error;
    }
    this.port.admit(first);
  }

  /** Lets every worker finish what it has begun and end. */
  stop(): void {
    this.isStopping = true;
    for (const { worker } of this.alive) say(worker, { lumen: 'stop' });
    this.port.leave();
    this.noteEnd();
  }

  /** Ends them all at once. */
  kill(): void {
    for (const { worker } of this.alive) worker.process.kill('SIGKILL');
  }

  /** Puts a new worker in the place of each, one after the other; the port is open all the time. */
  async replaceAll(): Promise<void> {
    if (this.isReplacing || this.isStopping || !this.isUp) return;
    this.isReplacing = true;
    for (let number = 1; number <= this.count && !this.isStopping; number += 1) {
      if (!(await this.replace(number))) break;
    }
    this.isReplacing = false;
  }

  private async replace(number: number): Promise<boolean> {
    const fresh = this.fork(number);
    if (!(await fresh.serves)) {
      this.logger.error({ worker: number }, 'the new worker did not start; the old ones go on');
      return false;
    }
    const old = this.current.get(number);
    this.current.set(number, fresh);
    this.port.admit(fresh);
    if (old) say(old.worker, { lumen: 'stop' });
    this.logger.info({ worker: number }, 'a worker was replaced');
    return true;
  }

  private start(number: number): WorkerProcess {
    const started = this.fork(number);
    this.current.set(number, started);
    void started.serves.then((serves) => serves && this.port.admit(started));
    return started;
  }

  private fork(number: number): WorkerProcess {
    const forked = new WorkerProcess(number);
    const { worker } = forked;
    this.alive.add(forked);
    worker.on('message', (message: unknown) => {
      if (!isOurs<FromWorker>(message)) return;
      if (message.lumen === 'drained') this.port.release(forked);
      else this.survey.hear(worker, number, message);
    });
    void forked.ended.then((end) => this.bury(forked, end));
    return forked;
  }

  private bury(dead: WorkerProcess, end: WorkerEnd): void {
    this.alive.delete(dead);
    this.port.bury(dead);
    if (this.isStopping) this.exitCode ||= this.codeOf(end);
    else if (this.isUp && this.current.get(dead.number) === dead) this.startAnew(dead, end);
    this.noteEnd();
  }

  /** One that a signal to the whole group ends before it can listen to it has stopped as it was told. */
  private codeOf({ code, signal }: WorkerEnd): number {
    const isTold = this.isStopping && (signal === 'SIGTERM' || signal === 'SIGINT');
    return code ?? (isTold ? 0 : 1);
  }

  private startAnew(dead: WorkerProcess, { code, signal, livedMs }: WorkerEnd): void {
    const { number } = dead;
    const pause = this.pauses.get(number) ?? new RestartPause();
    this.pauses.set(number, pause);
    const pauseMs = pause.after(livedMs);
    const how = { worker: number, code, signal, pauseMs };
    this.logger.error(how, 'a worker has ended and is started anew');
    setTimeout(() => {
      if (!this.isStopping && this.current.get(number) === dead) this.start(number);
    }, pauseMs);
  }

  private noteEnd(): void {
    if (this.isStopping && this.alive.size === 0) this.allEnded.resolve();
  }
}
