import { type Connection } from './snippet';
import { TOOLS, toolOf } from './tools';

/** A name that breaks whoever forgets to quote. */
const HOSTILE = `it's "a"/$(model) \\ \`x\``;

const connection = (changes: Partial<Connection['model']> = {}): Connection => ({
  origin: 'https://lumen.example.edu',
  site: 'Lumen',
  model: {
    id: 'house/qwen:8b',
    contextWindow: 32_768,
    maxOutputTokens: 4_096,
    inputCostPerMillion: 0.4,
    outputCostPerMillion: 1.2,
    reasoning: false,
    functionCalling: true,
    inputModalities: ['text', 'image'],
    ...changes,
  },
});

const codeOf = (tool: string, of = connection()): string => {
  const steps = toolOf(tool).steps(of);
  return (steps.find(({ saveAs }) => saveAs !== undefined) ?? steps[0]!).code!;
};

describe('the tools that can be connected', () => {
  it.each(TOOLS.map(({ id }) => id))('%s is told the address and the model, never a key', (id) => {
    const text = JSON.stringify(toolOf(id).steps(connection()));
    expect(text).toContain('https://lumen.example.edu');
    expect(text).toContain('house/qwen:8b');
    expect(text).not.toMatch(/sk_[A-Za-z0-9]/);
  });

  it('falls back to the first where the address names none', () => {
    expect(toolOf(undefined)).toBe(TOOLS[0]);
    expect(toolOf('emacs')).toBe(TOOLS[0]);
  });

  it('has the real limits and prices in the file of OpenCode', () => {
    const file = JSON.parse(codeOf('opencode'));
    expect(file.provider.lumen.models['house/qwen:8b']).toEqual({
      name: 'house/qwen:8b',
      limit: { context: 32_768, output: 4_096 },
      cost: { input: 0.4, output: 1.2 },
      tool_call: true,
      reasoning: false,
      attachment: true,
    });
    expect(file.provider.lumen.options.apiKey).toBe('{env:LUMEN_API_KEY}');
  });

  it('leaves out what is not known', () => {
    const unknown = connection({ contextWindow: null, maxOutputTokens: null });
    expect(codeOf('opencode', unknown)).not.toContain('limit');
    expect(codeOf('continue', unknown)).not.toContain('defaultCompletionOptions');
    expect(codeOf('codex', unknown)).not.toContain('model_context_window');
  });

  it('tells Claude Code an address without /v1', () => {
    const { env } = JSON.parse(codeOf('claude-code'));
    expect(env.ANTHROPIC_BASE_URL).toBe('https://lumen.example.edu');
    expect(env.ANTHROPIC_AUTH_TOKEN).toBeUndefined();
  });

  it('quotes whatever a model may be called', () => {
    const hostile = connection({ id: HOSTILE });
    expect(JSON.parse(codeOf('opencode', hostile)).model).toBe(`lumen/${HOSTILE}`);
    expect(codeOf('python', hostile)).toContain(`model=${JSON.stringify(HOSTILE)}`);
    expect(codeOf('codex', hostile)).toContain(`model = ${JSON.stringify(HOSTILE)}`);
    // In single quotes a shell reads nothing but a single quote.
    expect(codeOf('curl', hostile)).toContain(`"it'\\''s \\"a\\"/$(model)`);
    const notebook = JSON.parse(codeOf('jupyter', hostile));
    expect(notebook.cells[1].source).toContain(JSON.stringify(HOSTILE));
  });
});
