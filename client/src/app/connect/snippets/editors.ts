import {
  type Connection,
  KEY_VARIABLE,
  type Step,
  apiUrl,
  pretty,
  quoted,
  shellWord,
} from './snippet';

/** By this name tools keep what is configured here. */
const PROVIDER = 'lumen';

/** V1's form of the file, which V2 reads as well. */
export const opencode = (connection: Connection): Step[] => {
  const { model } = connection;
  const { contextWindow: context, maxOutputTokens: output } = model;
  const described = {
    name: model.id,
    ...(context !== null && output !== null && { limit: { context, output } }),
    cost: { input: model.inputCostPerMillion, output: model.outputCostPerMillion },
    tool_call: model.functionCalling,
    reasoning: model.reasoning,
    attachment: model.inputModalities.includes('image'),
  };
  const provider = {
    npm: '@ai-sdk/openai-compatible',
    name: connection.site,
    options: { baseURL: apiUrl(connection), apiKey: `{env:${KEY_VARIABLE}}` },
    models: { [model.id]: described },
  };
  const code = pretty({
    $schema: 'https://opencode.ai/config.json',
    provider: { [PROVIDER]: provider },
    model: `${PROVIDER}/${model.id}`,
  });
  return [
    {
      say: 'file',
      about: '~/.config/opencode/opencode.json',
      code,
      language: 'json',
      saveAs: 'opencode.json',
    },
    { say: 'startTool', code: 'opencode', language: 'bash' },
  ];
};

export const continueDev = (connection: Connection): Step[] => {
  const { model } = connection;
  const capabilities = [
    ...(model.functionCalling ? ['tool_use'] : []),
    ...(model.inputModalities.includes('image') ? ['image_input'] : []),
  ];
  const limits = [
    ...(model.contextWindow === null ? [] : [`      contextLength: ${model.contextWindow}`]),
    ...(model.maxOutputTokens === null ? [] : [`      maxTokens: ${model.maxOutputTokens}`]),
  ];
  const lines = [
    `name: ${quoted(connection.site)}`,
    'version: 1.0.0',
    'schema: v1',
    'models:',
    `  - name: ${quoted(model.id)}`,
    '    provider: openai',
    `    model: ${quoted(model.id)}`,
    `    apiBase: ${quoted(apiUrl(connection))}`,
    `    apiKey: \${{ secrets.${KEY_VARIABLE} }}`,
    '    roles: [chat, edit, apply]',
    ...(capabilities.length > 0 ? [`    capabilities: [${capabilities.join(', ')}]`] : []),
    ...(limits.length > 0 ? ['    defaultCompletionOptions:', ...limits] : []),
  ];
  return [
    {
      say: 'file',
      about: '~/.continue/config.yaml',
      code: `${lines.join('\n')}\n`,
      language: 'yaml',
      saveAs: 'config.yaml',
    },
    {
      say: 'secretFile',
      about: '~/.continue/.env',
      code: `${KEY_VARIABLE}=sk_…`,
      language: 'bash',
    },
  ];
};

/** Cline is set up in its own form; it keeps the key itself. */
export const cline = (connection: Connection): Step[] => {
  const { model } = connection;
  const known = (label: string, value: number | null) =>
    value === null ? [] : [{ label, value: String(value) }];
  const fields = [
    { label: 'API Provider', value: 'OpenAI Compatible' },
    { label: 'Base URL', value: apiUrl(connection) },
    { label: 'Model ID', value: model.id },
    ...known('Context Window Size', model.contextWindow),
    ...known('Max Output Tokens', model.maxOutputTokens),
    ...known('Input Price / 1M tokens', model.inputCostPerMillion),
    ...known('Output Price / 1M tokens', model.outputCostPerMillion),
  ];
  return [{ say: 'openSettings' }, { say: 'settings', fields }];
};

/** Claude Code adds `/v1/messages` itself, so the address is the site's. */
export const claudeCode = (connection: Connection): Step[] => {
  const { id } = connection.model;
  const env = {
    ANTHROPIC_BASE_URL: connection.origin,
    ANTHROPIC_MODEL: id,
    ANTHROPIC_DEFAULT_OPUS_MODEL: id,
    ANTHROPIC_DEFAULT_SONNET_MODEL: id,
    ANTHROPIC_DEFAULT_HAIKU_MODEL: id,
  };
  const key = `export ANTHROPIC_AUTH_TOKEN="$${KEY_VARIABLE}"`;
  const lines = Object.entries(env).map(([name, value]) => `export ${name}=${shellWord(value)}`);
  return [
    { say: 'shell', code: [key, ...lines, 'claude'].join('\n'), language: 'bash' },
    {
      say: 'workspace',
      about: '~/.claude/settings.json',
      code: pretty({ env }),
      language: 'json',
      saveAs: 'settings.json',
    },
  ];
};

/** Codex speaks the Responses API only; its own web search is not for backends elsewhere. */
export const codex = (connection: Connection): Step[] => {
  const { model } = connection;
  const lines = [
    `model = ${quoted(model.id)}`,
    `model_provider = ${quoted(PROVIDER)}`,
    ...(model.contextWindow === null ? [] : [`model_context_window = ${model.contextWindow}`]),
    'web_search = "disabled"',
    '',
    `[model_providers.${PROVIDER}]`,
    `name = ${quoted(connection.site)}`,
    `base_url = ${quoted(apiUrl(connection))}`,
    `env_key = ${quoted(KEY_VARIABLE)}`,
    'wire_api = "responses"',
  ];
  return [
    {
      say: 'file',
      about: '~/.codex/config.toml',
      code: `${lines.join('\n')}\n`,
      language: 'ini',
      saveAs: 'config.toml',
    },
    { say: 'startTool', code: 'codex', language: 'bash' },
  ];
};
