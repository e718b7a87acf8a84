import { type Worker } from 'node:cluster';
import { type FromWorker, type ToWorker, type WorkerPage } from './worker-messages.js';

/** A worker that is busy for longer is left out. */
const LONGEST_MS = 2_000;

interface Survey {
  readonly missing: Set<Worker>;
  readonly pages: WorkerPage[];
  readonly end: () => void;
}

/** Hands the question of one worker to all, and their answers back, in the first process. */
export class WorkerSurvey {
  private surveys = 0;
  private readonly running = new Map<number, Survey>();

  constructor(private readonly serving: () => readonly Worker[]) {}

  hear(from: Worker, number: number, message: FromWorker): void {
    if (message.lumen === 'ask') this.ask(from, message.question);
    if (message.lumen === 'page') this.note(from, number, message);
  }

  private ask(from: Worker, question: number): void {
    const id = (this.surveys += 1);
    const workers = this.serving().filter((worker) => worker.isConnected());
    const pages: WorkerPage[] = [];
    const end = () => {
      clearTimeout(timer);
      this.running.delete(id);
      pages.sort((one, other) => one.worker - other.worker);
      say(from, { lumen: 'pages', question, pages });
    };
    const timer = setTimeout(end, LONGEST_MS);
    this.running.set(id, { missing: new Set(workers), pages, end });
    for (const worker of workers) say(worker, { lumen: 'tell', question: id });
  }

  private note(from: Worker, worker: number, { question, text }: FromWorker & { lumen: 'page' }) {
    const survey = this.running.get(question);
    if (!survey?.missing.delete(from)) return;
    survey.pages.push({ worker, text });
    if (survey.missing.size === 0) survey.end();
  }
}

/** Says something to a worker, who may be gone by now. */
export function say(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => undefined);
}
