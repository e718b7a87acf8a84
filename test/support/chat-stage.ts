import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from './browser.js';
import { type LumenOptions, LumenServer } from './lumen/lumen-server.js';
import { type Look, WatchedPage } from './page-watch.js';
import { chunkText, DONE, ScriptedUpstream, stream, USAGE_CHUNK } from './scripted-upstream.js';

/** Two free models of the scripted backend. */
const MODELS = ['scripted', 'second'].map((name) => ({
  name,
  description: `Answers what it is told to (${name})`,
  input_cost_per_million: 0,
  output_cost_per_million: 0,
  context_window: 100_000,
}));

export interface StageOptions {
  /** All of the scripted backend, which is added to them. */
  readonly models?: readonly object[];
  readonly serve?: (options: LumenOptions) => Promise<LumenServer>;
}

/**
 * A browser, a built server and a model that says what a test tells it: everything a person needs
 * for a chat. Each test opens windows of its own; all of them belong to one person.
 */
export class ChatStage implements AsyncDisposable {
  private readonly running = new AsyncDisposableStack();
  private readonly windows: WatchedPage[] = [];
  /** Ends of answers that are held back. */
  private readonly heldBack: (() => void)[] = [];
  browser!: Browser;
  upstream!: ScriptedUpstream;
  server!: LumenServer;

  /** `extra` is further top-level YAML of the configuration. */
  static async start(
    extra?: string,
    { models = MODELS, serve = (options) => LumenServer.start(options) }: StageOptions = {},
  ): Promise<ChatStage> {
    const stage = new ChatStage();
    stage.browser = stage.running.adopt(await launchChromium(), (each) => each.close());
    stage.upstream = stage.running.use(await ScriptedUpstream.start());
    const endpoints = [{ url: stage.upstream.url }];
    const text = JSON.stringify(models.map((model) => ({ ...model, endpoints })));
    const options = { models: text, ...(extra === undefined ? {} : { extra }) };
    stage.server = stage.running.use(await serve(options));
    return stage;
  }

  /** A window of its own, not yet signed in. */
  async open(look?: Look): Promise<WatchedPage> {
    const watched = await WatchedPage.open(this.browser, this.server.url, look);
    this.windows.push(watched);
    return watched;
  }

  /** A window of its own at an empty chat, with a session of its own that no page was needed for. */
  async signIn(look?: Look): Promise<WatchedPage> {
    const watched = await this.open(look);
    const { page } = watched;
    await page.request.get('/login?returnTo=/api/me');
    await page.goto('/chat');
    await page.getByLabel('Message', { exact: true }).waitFor();
    // Before a model is there nothing can be sent.
    await page.getByRole('button', { name: 'scripted' }).first().waitFor();
    return watched;
  }

  /** What the model says to the next question, whole. */
  answers(...contents: string[]): void {
    for (const content of contents) {
      this.upstream.next(stream(chunkText(content), USAGE_CHUNK, DONE));
    }
  }

  /** Begins the next answer; it ends with the returned function, at the latest after the test. */
  beginsAnswer(beginning: string, end: string): () => void {
    const gate = Promise.withResolvers<void>();
    const rest = [gate.promise, chunkText(end), USAGE_CHUNK, DONE];
    this.upstream.next(stream(chunkText(beginning), ...rest));
    this.heldBack.push(gate.resolve);
    return gate.resolve;
  }

  /**
   * Stops the server as an operator does, lets something be prepared while it is away, and starts it
   * again at the same address.
   */
  async restart(whileAway: () => void): Promise<void> {
    this.server.environment['PORT'] = new URL(this.server.url).port;
    this.server.signal('SIGTERM');
    await this.server.ended;
    whileAway();
    await this.server.launch();
  }

  /** After each test: closes the windows and forgets plans; answers what went wrong in them, which should be nothing. */
  async closeWindows(): Promise<string[]> {
    this.upstream.forgetPlans();
    for (const end of this.heldBack.splice(0)) end();
    const windows = this.windows.splice(0);
    for (const window of windows) await window[Symbol.asyncDispose]();
    return windows.flatMap(({ errors, foreignRequests }) => [...errors, ...foreignRequests]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.closeWindows();
    await this.running.disposeAsync();
  }
}

/**
 * Does something that changes what the server keeps, and waits until the server has answered: the page
 * shows it before, and a page that is left then may take the request along.
 */
export async function changed(page: Page, step: () => Promise<void>): Promise<void> {
  const answer = page.waitForResponse((each) => each.request().method() !== 'GET');
  await step();
  await answer;
}

/** Asks by the composer and its button. */
export async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(question);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Asks, and waits until the answer is complete. */
export async function askAndWait(page: Page, question: string, answer: string): Promise<void> {
  await ask(page, question);
  await page.getByText(answer).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
}
