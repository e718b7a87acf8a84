import { describe, expect, it } from '@jest/globals';
import { readLlamaServer } from './read-llama-server.js';
import { readLmStudio } from './read-lm-studio.js';
import { readOllamaModel } from './read-ollama.js';
import { type ToldFacts } from './told-facts.js';

const GEMMA = {
  parameters: 'temperature                    0.7\nnum_ctx                        2048',
  license: 'Gemma Terms of Use',
  capabilities: ['completion', 'vision'],
  details: {
    format: 'gguf',
    family: 'gemma3',
    parameter_size: '4.3B',
    quantization_level: 'Q4_K_M',
  },
  model_info: {
    'general.architecture': 'gemma3',
    'gemma3.context_length': 131_072,
    'gemma3.attention.sliding_window': 1024,
  },
};
const GPT_OSS = {
  details: { family: 'gptoss', parameter_size: '116829156672', quantization_level: 'MXFP4' },
  model_info: { 'general.architecture': 'gptoss', 'gptoss.context_length': 131_072 },
  capabilities: ['completion', 'tools', 'thinking'],
};
const NOMIC = {
  details: { family: 'nomic-bert', parameter_size: '137M', quantization_level: 'F16' },
  model_info: { 'nomic-bert.context_length': 2048 },
  capabilities: ['embedding'],
};
const OLD = {
  modelfile: '# …',
  parameters: 'stop "<|im_end|>"',
  template: '{{ .Prompt }}',
  details: {},
};

const PROPS = {
  default_generation_settings: { id: 0, n_ctx: 65_536, speculative: false, params: { seed: 1 } },
  total_slots: 4,
  model_path: '/models/qwen.gguf',
  modalities: { vision: true, audio: false },
  chat_template_caps: { supports_tools: true, supports_tool_calls: true },
  build_info: 'b8681',
};
const VLM = {
  id: 'qwen2-vl-7b-instruct',
  object: 'model',
  type: 'vlm',
  publisher: 'mlx-community',
  arch: 'qwen2_vl',
  quantization: '4bit',
  state: 'not-loaded',
  max_context_length: 32_768,
};
const LOADED = {
  ...VLM,
  type: 'llm',
  quantization: 'Q4_K_M',
  loaded_context_length: 4096,
  capabilities: ['tool_use'],
};

const text = ['text'];
const textAndImage = ['text', 'image'];

describe('what a backend says of a model beside the list', () => {
  it.each<[string, (body: unknown) => ToldFacts, unknown, ToldFacts]>([
    [
      'Ollama, with a window that the Modelfile lowers',
      readOllamaModel,
      GEMMA,
      {
        contextWindow: 2048,
        inputModalities: textAndImage,
        outputModalities: text,
        supportsFunctionCalling: false,
        supportsReasoning: false,
        parameterSize: '4.3B',
        quantization: 'Q4_K_M',
      },
    ],
    [
      'Ollama, of a model that thinks',
      readOllamaModel,
      GPT_OSS,
      {
        contextWindow: 131_072,
        inputModalities: text,
        outputModalities: text,
        supportsFunctionCalling: true,
        supportsReasoning: true,
        parameterSize: '116.8B',
        quantization: 'MXFP4',
      },
    ],
    [
      'Ollama, of a model for embeddings',
      readOllamaModel,
      NOMIC,
      {
        contextWindow: 2048,
        inputModalities: text,
        outputModalities: ['embedding'],
        parameterSize: '137M',
        quantization: 'F16',
      },
    ],
    ['an Ollama of earlier days', readOllamaModel, OLD, {}],
    [
      'a llama.cpp server',
      readLlamaServer,
      PROPS,
      { contextWindow: 65_536, inputModalities: textAndImage, supportsFunctionCalling: true },
    ],
    [
      'LM Studio, not loaded',
      readLmStudio,
      VLM,
      {
        contextWindow: 32_768,
        inputModalities: textAndImage,
        outputModalities: text,
        quantization: '4bit',
      },
    ],
    [
      'LM Studio, loaded with less',
      readLmStudio,
      LOADED,
      {
        contextWindow: 4096,
        inputModalities: text,
        outputModalities: text,
        supportsFunctionCalling: true,
        quantization: 'Q4_K_M',
      },
    ],
    [
      'LM Studio, of a model for embeddings',
      readLmStudio,
      { type: 'embeddings', max_context_length: 512, capabilities: [] },
      { contextWindow: 512, inputModalities: text, outputModalities: ['embedding'] },
    ],
  ])('is read: %s', (_what, read, body, facts) => {
    expect(read(body)).toEqual(facts);
  });

  const nothing = [null, undefined, 1, 'text', [], {}, [[]]];
  const lies = [
    {
      capabilities: 'vision',
      details: { parameter_size: 'sk-secret', quantization_level: 'sk-secret' },
      model_info: { 'a.context_length': -1, 'b.c.context_length': 4096 },
      parameters: 'num_ctx 99999999999999999999',
    },
    { details: [], model_info: 'x', capabilities: [], parameters: 7 },
    { details: { parameter_size: '-7B', quantization_level: 'x'.repeat(40) } },
    { default_generation_settings: { n_ctx: '4096' }, modalities: 'all', chat_template_caps: 1 },
    { n_ctx: 1e12, modalities: { vision: 'yes' }, chat_template_caps: { supports_tools: 'yes' } },
    { type: 'other', max_context_length: 1.5, quantization: 4, capabilities: 'tool_use' },
  ];

  it.each([...nothing, ...lies])('is nothing that cannot be right: %j', (body) => {
    expect(readOllamaModel(body)).toEqual({});
    expect(readLlamaServer(body)).toEqual({});
    expect(readLmStudio(body)).toEqual({});
  });
});
