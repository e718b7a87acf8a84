import { describe, expect, it } from '@jest/globals';
import { readModelList } from './read-model-list.js';

const list = (...data: unknown[]) => ({ object: 'list', data });
const card = (id: string, more: object = {}) => ({ id, object: 'model', created: 1, ...more });

const VLLM = list(
  card('Qwen/Qwen3-32B', {
    owned_by: 'vllm',
    root: 'Qwen/Qwen3-32B',
    parent: null,
    max_model_len: 40_960,
    permission: [{ id: 'modelperm-1', object: 'model_permission', allow_sampling: true }],
  }),
  card('sql-adapter', {
    owned_by: 'vllm',
    root: '/adapters/sql',
    parent: 'Qwen/Qwen3-32B',
    max_model_len: null,
  }),
);
const SGLANG = list(
  card('meta-llama/Llama-3.1-8B-Instruct', {
    owned_by: 'sglang',
    root: 'meta-llama/Llama-3.1-8B-Instruct',
    max_model_len: 131_072,
  }),
);
const OLLAMA = list(card('qwen2.5:latest', { owned_by: 'library' }));
const LLAMA_CPP = list(
  card('qwen.gguf', {
    owned_by: 'llamacpp',
    meta: {
      vocab_type: 2,
      n_vocab: 151_936,
      n_ctx_train: 32_768,
      n_embd: 3584,
      size: 4_466_091_008,
    },
  }),
);
const LM_STUDIO = list(card('qwen2-vl-7b-instruct', { owned_by: 'organization_owner' }));
const OPENROUTER = list(
  card('qwen/qwen3-vl', {
    context_length: 262_144,
    architecture: { input_modalities: ['image', 'text', 'file'], output_modalities: ['text'] },
    top_provider: { context_length: 131_072, max_completion_tokens: 32_768 },
    supported_parameters: ['tools', 'max_tokens', 'reasoning'],
  }),
);
const MISTRAL = list(
  card('pixtral-12b', {
    owned_by: 'mistralai',
    capabilities: { completion_chat: true, function_calling: true, vision: true },
    max_context_length: 131_072,
  }),
);
const GROQ = list(
  card('llama-3.3-70b', {
    owned_by: 'Meta',
    context_window: 131_072,
    max_completion_tokens: 32_768,
  }),
);

describe('readModelList', () => {
  it.each([
    ['vLLM', VLLM, 'Qwen/Qwen3-32B', { contextWindow: 40_960 }, null],
    ['an adapter at a vLLM', VLLM, 'sql-adapter', { contextWindow: 40_960 }, null],
    ['SGLang', SGLANG, 'meta-llama/Llama-3.1-8B-Instruct', { contextWindow: 131_072 }, null],
    ['Ollama', OLLAMA, 'qwen2.5', {}, 'ollama'],
    ['Ollama, by the whole name', OLLAMA, 'qwen2.5:latest', {}, 'ollama'],
    ['llama.cpp', LLAMA_CPP, 'qwen.gguf', { contextWindow: 32_768 }, 'llama_server'],
    ['LM Studio', LM_STUDIO, 'qwen2-vl-7b-instruct', {}, 'lm_studio'],
    [
      'OpenRouter',
      OPENROUTER,
      'qwen/qwen3-vl',
      {
        contextWindow: 131_072,
        maxOutputTokens: 32_768,
        supportsFunctionCalling: true,
        supportsReasoning: true,
        inputModalities: ['text', 'image'],
        outputModalities: ['text'],
      },
      null,
    ],
    [
      'Mistral',
      MISTRAL,
      'pixtral-12b',
      {
        contextWindow: 131_072,
        supportsFunctionCalling: true,
        inputModalities: ['text', 'image'],
      },
      null,
    ],
    ['Groq', GROQ, 'llama-3.3-70b', { contextWindow: 131_072, maxOutputTokens: 32_768 }, null],
  ])('reads what %s lists', (_software, body, name, facts, further) => {
    expect(readModelList(body)?.find(name)).toEqual({ facts, further });
  });

  it('knows what is not listed', () => {
    expect(readModelList(VLLM)?.find('other')).toBeUndefined();
    expect(readModelList(list())?.find('other')).toBeUndefined();
    expect(readModelList(VLLM)?.names).toEqual(['Qwen/Qwen3-32B', 'sql-adapter']);
    expect(readModelList(list(null, 1, 'x', { id: 7 }, [], card('a')))?.names).toEqual(['a']);
  });

  it.each([null, 1, 'x', [], {}, { data: {} }, { data: 'x' }])('takes %j for no list', (body) => {
    expect(readModelList(body)).toBeNull();
  });

  it.each([-1, 0, 1.5, 1e9, 1e300, '4096', null, true, [4096], {}])(
    'does not believe in a window of %j',
    (max_model_len) => {
      const body = list(card('a', { owned_by: 'vllm', max_model_len, max_output_tokens: -5 }));
      expect(readModelList(body)?.find('a')).toEqual({ facts: {}, further: null });
    },
  );

  it('does not believe in abilities that are none', () => {
    const lies = {
      owned_by: 'sglang',
      architecture: { input_modalities: ['smell', '<b>', 7], output_modalities: 'text' },
      capabilities: { function_calling: 'yes', vision: 1, reasoning: [] },
      supported_parameters: 'tools',
    };
    expect(readModelList(list(card('a', lies)))?.find('a')).toEqual({ facts: {}, further: null });
  });

  it('follows no adapter in a circle', () => {
    const body = list(card('a', { parent: 'b' }), card('b', { parent: 'a' }));
    expect(readModelList(body)?.find('a')).toMatchObject({ facts: {} });
  });
});
