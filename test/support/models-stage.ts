import { ConsoleStage } from './console-stage.js';
import { type LumenOptions } from './lumen/lumen-server.js';
import {
  type Behaviour,
  chunkText,
  completion,
  DONE,
  ScriptedUpstream,
  status,
  stream,
} from './scripted-upstream.js';

const README = `---
license: mit
---
# Qwen for campus

It answers **questions**. ![logo](https://elsewhere.example/logo.png)
`;

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Lists its models, has a README, and answers what it is asked, streamed or not. */
const backend: Behaviour = (request, response) => {
  const { path, bytes } = request;
  if (path === '/readme.md') {
    return status(200, README, { 'content-type': 'text/markdown' })(request, response);
  }
  if (path === '/v1/models') {
    const data = ['scripted', 'org/careful', 'gpt-small'].map((id) => ({
      id,
      object: 'model',
      owned_by: 'vllm',
      max_model_len: 40_960,
    }));
    return status(200, JSON.stringify({ object: 'list', data }))(request, response);
  }
  const isStream = (JSON.parse(bytes.toString()) as { stream?: boolean }).stream === true;
  const answer = isStream
    ? stream(chunkText('Po'), pause(), chunkText('n'), pause(), chunkText('g'), DONE)
    : completion('Pong');
  return answer(request, response);
};

/**
 * A stage with the models and the backend that the pages about models are looked at with; `groups` and
 * `extra` are further YAML, as a server takes it.
 */
export async function startModelsStage(
  further: Pick<LumenOptions, 'groups' | 'extra'> = {},
): Promise<ConsoleStage> {
  const running = new AsyncDisposableStack();
  const upstream = running.use(await ScriptedUpstream.start());
  upstream.usual = backend;
  const endpoints = [{ url: upstream.url }];
  const stage = await ConsoleStage.start({
    modelList: [
      {
        name: 'scripted',
        endpoints,
        description: 'Answers what it is told to, for everyday questions and code',
        access: 'allowed',
        input_cost_per_million: 0.07,
        output_cost_per_million: 2,
        context_window: 100_000,
        max_output_tokens: 8_000,
        supports_function_calling: true,
        knowledge_cutoff: '2024-06',
        url: upstream.url.replace('/v1', '/readme.md'),
      },
      {
        name: 'org/careful',
        endpoints: [{ url: upstream.url }, { url: 'http://127.0.0.1:9/v1' }],
        description: 'Sees images; runs outside the campus',
        notice: 'Runs **outside** the campus.',
        access: 'allowed',
        needs_ack: true,
        ack_message: 'I send **nothing personal**.',
        input_cost_per_million: 1,
        output_cost_per_million: 3,
        input_modalities: ['text', 'image'],
      },
      { name: 'closed', endpoints, access: 'blocked' },
      { name: 'retired', endpoints, disabled: true },
    ],
    ...further,
    extra: `
upstream: { allow_private: true, probe: { interval_s: 1, timeout_s: 20 } }
clients: { robot: { default_model: org/careful } }
${further.extra ?? ''}`,
  });
  stage.upstream.usual = backend;
  return Object.assign(stage, {
    [Symbol.asyncDispose]: async () => {
      await ConsoleStage.prototype[Symbol.asyncDispose].call(stage);
      await running.disposeAsync();
    },
  });
}
