/** The callers, in a process of their own: does one job after the other for the process above. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, Connection } from './connection.ts';
import { COMPLETION, countFaults, FRAMES, REQUESTS, STREAM } from './exchange.ts';
import { type Job, type JobOutcome, type JobResult } from './job.ts';
import { endWithParent } from './parent.ts';
import { median } from './statistics.ts';

const SHOWN_CHARACTERS = 300;

class Tally {
  readonly totalsMs: number[] = [];
  readonly firstBytesMs: number[] = [];
  frames = 0;
  framesLost = 0;
  framesReordered = 0;
  private readonly job: Job;

  constructor(job: Job) {
    this.job = job;
  }

  /** Counts an answer; throws if it is not the very one the backend gave. */
  add(answer: Answer): void {
    const { status, body, firstByteMs, totalMs } = answer;
    if (status !== 200) throw wrongAnswer(this.job, answer);
    if (this.job.kind === 'stream') this.addFrames(answer);
    else if (!body.equals(COMPLETION)) throw wrongAnswer(this.job, answer);
    this.totalsMs.push(totalMs);
    this.firstBytesMs.push(firstByteMs);
  }

  private addFrames(answer: Answer): void {
    const { lost, reordered } = countFaults(answer.body);
    const isWhole = lost === 0 && reordered === 0;
    if (isWhole && !answer.body.equals(STREAM)) throw wrongAnswer(this.job, answer);
    this.frames += FRAMES;
    this.framesLost += lost;
    this.framesReordered += reordered;
  }
}

async function run(job: Job): Promise<JobResult> {
  const request = requestBytes(job);
  const connections = await Promise.all(
    Array.from({ length: job.connections }, () => Connection.open(job.origin)),
  );
  const tally = new Tally(job);
  const startedAtMs = performance.now();
  const endsAtMs = startedAtMs + job.forMs;
  const keepAsking = async (connection: Connection): Promise<void> => {
    while (performance.now() < endsAtMs) {
      tally.add(await connection.ask(request));
      if (job.pauseMs > 0) await delay(job.pauseMs);
    }
  };
  try {
    await Promise.all(connections.map(keepAsking));
  } finally {
    for (const connection of connections) connection.close();
  }
  const { frames, framesLost, framesReordered } = tally;
  return {
    answers: tally.totalsMs.length,
    elapsedMs: performance.now() - startedAtMs,
    medianMs: median(tally.totalsMs),
    medianFirstByteMs: median(tally.firstBytesMs),
    frames,
    framesLost,
    framesReordered,
  };
}

function requestBytes({ origin, key, kind }: Job): Buffer {
  const body = REQUESTS[kind];
  const head = [
    'POST /v1/chat/completions HTTP/1.1',
    `host: ${new URL(origin).host}`,
    `authorization: Bearer ${key}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function wrongAnswer({ origin }: Job, { status, body }: Answer): Error {
  const shown = body.toString('utf8', 0, SHOWN_CHARACTERS);
  return new Error(
    `${origin} gave a wrong answer: status ${status}, ${body.length} bytes: ${shown}`,
  );
}

endWithParent();
process.on('message', (job: Job) => {
  void run(job)
    .then((result): JobOutcome => ({ result }))
    .catch((error: unknown): JobOutcome => ({ error: String(error) }))
    .then((outcome) => process.send?.(outcome));
});
