import { OpenConnections } from '../../../server/src/infrastructure/http/open-connections.js';
import { InProcessLumen } from '../lumen/in-process.js';
import { configurationText, type Dialect, type LumenOptions } from '../lumen/lumen-server.js';
import { ScriptedUpstream } from '../scripted-upstream.js';
import { ChatPage } from './chat-page.js';

const chatModel = (name: string, url: string): object => ({
  name,
  input_modalities: name.startsWith('seeing') ? ['text', 'image'] : ['text'],
  input_cost_per_million: 1,
  output_cost_per_million: 2,
  endpoints: [{ url, api_key: 'upstream-secret', model: `${name}-upstream` }],
});

const LONGEST_END_MS = 10_000;

/** Lumen in this process, on a socket, with a scripted model `m` and a page of its development user. */
export class ChatLumen implements AsyncDisposable {
  private constructor(
    readonly lumen: InProcessLumen,
    readonly upstream: ScriptedUpstream,
    readonly page: ChatPage,
    /** YAML of its models, for another process beside it. */
    readonly modelsText: string,
    private readonly running: AsyncDisposableStack,
  ) {}

  static async start(
    dialect: Dialect,
    { names = ['m'], ...options }: ChatOptions = {},
  ): Promise<ChatLumen> {
    const running = new AsyncDisposableStack();
    const upstream = running.use(await ScriptedUpstream.start());
    const models = modelsText(upstream.url, names);
    const text = { ...options, models };
    const lumen = running.use(
      await InProcessLumen.start(dialect, (url) => configurationText(url, text)),
    );
    await lumen.app.listen(0, '127.0.0.1');
    // A client opens connections in advance, which would hold up the end.
    const connections = new OpenConnections(lumen.app.getHttpServer());
    running.defer(async () => (await connections.end({ drainMs: 0, graceMs: LONGEST_END_MS }))());
    const page = await ChatPage.open(await lumen.app.getUrl());
    return new ChatLumen(lumen, upstream, page, models, running);
  }

  /** Between two tests: nobody has asked anything, and the model is as it was at first. */
  async forget(): Promise<void> {
    this.upstream.forget();
    for (const table of ['running_answers', 'conversations']) {
      await this.lumen.dataSource.query(`DELETE FROM ${table}`);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.running.disposeAsync();
  }
}

interface ChatOptions extends Omit<LumenOptions, 'models'> {
  /** Of the models, all of the same upstream; those that are called so see. */
  names?: readonly string[];
}

const modelsText = (url: string, names: readonly string[]) =>
  JSON.stringify(names.map((name) => chatModel(name, url)));
