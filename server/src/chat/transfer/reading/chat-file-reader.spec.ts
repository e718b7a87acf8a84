import { describe, expect, it } from '@jest/globals';
import { ChatFileReader } from './chat-file-reader.js';

function read(value: unknown) {
  const reader = new ChatFileReader();
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const found = [reader.push(Buffer.from(text)), reader.end()];
  return {
    conversations: found.flatMap(({ conversations }) => conversations),
    skipped: found.flatMap(({ skipped }) => skipped),
    furtherSkipped: found.reduce((sum, { furtherSkipped }) => sum + furtherSkipped, 0),
  };
}

const webUiMessage = (id: string, parentId: string | null, role: string, content: unknown) => ({
  id,
  parentId,
  childrenIds: [],
  role,
  content,
  timestamp: 1_700_000_000,
});

const webUi = (messages: ReturnType<typeof webUiMessage>[], currentId: string) => ({
  id: 'x',
  title: 'Aus Open WebUI',
  archived: true,
  pinned: true,
  created_at: 1_700_000_000,
  updated_at: 1_700_000_500,
  chat: {
    title: 'Aus Open WebUI',
    models: ['llama3'],
    system: 'Sei kurz.',
    history: { messages: Object.fromEntries(messages.map((each) => [each.id, each])), currentId },
  },
});

const gptNode = (id: string, parent: string | null, message: object | null) => ({
  id,
  parent,
  children: [],
  message,
});
const gptText = (role: string, text: string, more: object = {}) => ({
  author: { role },
  create_time: 1_700_000_000.5,
  content: { content_type: 'text', parts: [text] },
  metadata: role === 'assistant' ? { model_slug: 'gpt-4o' } : {},
  recipient: 'all',
  ...more,
});
const gpt = (...nodes: ReturnType<typeof gptNode>[]) => ({
  title: 'Aus ChatGPT',
  create_time: 1_700_000_000,
  update_time: 1_700_000_100,
  mapping: Object.fromEntries(nodes.map((node) => [node.id, node])),
  current_node: nodes.at(-1)!.id,
  is_archived: false,
});

describe('files of conversations', () => {
  it('of Open WebUI keep branches, models, thoughts and what is set', () => {
    const thought =
      '<details type="reasoning" done="true" duration="3">\n<summary>Thought for 3 seconds</summary>\n> erst\n> dann\n</details>\nAntwort';
    const answer = { ...webUiMessage('a', 'q', 'assistant', thought), model: 'llama3' };
    const other = { ...webUiMessage('b', 'q', 'assistant', 'Andere'), model: 'qwen' };
    const question = webUiMessage('q', null, 'user', [{ type: 'text', text: 'Frage' }]);
    const { conversations, skipped } = read([webUi([question, answer, other], 'a')]);
    expect(skipped).toEqual([]);
    expect(conversations).toMatchObject([
      {
        title: 'Aus Open WebUI',
        isPinned: true,
        isArchived: true,
        model: 'llama3',
        createdMs: 1_700_000_000_000,
        settings: { systemPrompt: 'Sei kurz.' },
        current: 1,
        messages: [
          { parent: null, role: 'user', content: 'Frage', model: null },
          {
            parent: 0,
            role: 'assistant',
            content: 'Antwort',
            reasoning: 'erst\ndann',
            model: 'llama3',
          },
          { parent: 0, role: 'assistant', content: 'Andere', reasoning: '', model: 'qwen' },
        ],
      },
    ]);
  });

  it('of an older Open WebUI are one branch', () => {
    const messages = [
      { role: 'user', content: 'eins' },
      { role: 'assistant', content: 'zwei' },
    ];
    const { conversations } = read({ title: 'Alt', messages });
    expect(conversations[0]).toMatchObject({ title: 'Alt', current: 1, messages });
  });

  it('of ChatGPT leave out tools and what is hidden, and keep what was thought', () => {
    const { conversations, skipped } = read([
      gpt(
        gptNode('root', null, null),
        gptNode('s', 'root', gptText('system', 'x')),
        gptNode('q', 's', gptText('user', 'Frage')),
        gptNode('h', 'q', {
          ...gptText('assistant', ''),
          content: { content_type: 'thoughts', thoughts: [{ summary: 's', content: 'Gedanke' }] },
        }),
        gptNode('call', 'h', gptText('assistant', 'search()', { recipient: 'browser' })),
        gptNode('tool', 'call', gptText('tool', 'found')),
        gptNode('a', 'tool', gptText('assistant', 'Antwort')),
        gptNode('img', 'a', {
          ...gptText('user', ''),
          content: {
            content_type: 'multimodal_text',
            parts: [{ content_type: 'image_asset_pointer' }, 'Was ist das?'],
          },
        }),
      ),
    ]);
    expect(skipped).toEqual([]);
    expect(conversations[0]).toMatchObject({
      title: 'Aus ChatGPT',
      model: 'gpt-4o',
      current: 2,
      messages: [
        { parent: null, content: 'Frage', createdMs: 1_700_000_000_500 },
        { parent: 0, content: 'Antwort', reasoning: 'Gedanke', model: 'gpt-4o' },
        { parent: 1, content: '[image]\n\nWas ist das?' },
      ],
    });
  });

  it('of Lumen are what they were', () => {
    const own = {
      format: 'lumen-conversation',
      version: 1,
      title: 'Eigene',
      createdAt: '2025-01-01T00:00:00.000Z',
      isPinned: true,
      folder: 'Arbeit',
      settings: {
        systemPrompt: 'p',
        temperature: 0.5,
        maxOutputTokens: 7,
        reasoningEffort: 'high',
      },
      currentMessageId: 'a',
      messages: [
        {
          id: 'a',
          parentId: 'q',
          role: 'assistant',
          content: 'A',
          reasoning: 'R',
          state: 'stopped',
        },
        { id: 'q', parentId: null, role: 'user', content: 'Q', createdAt: '2025-01-01T00:00:01Z' },
      ],
    };
    expect(read(own).conversations[0]).toMatchObject({
      title: 'Eigene',
      isPinned: true,
      folder: 'Arbeit',
      settings: own.settings,
      current: 1,
      messages: [
        { role: 'user', content: 'Q', createdMs: Date.UTC(2025, 0, 1, 0, 0, 1) },
        { role: 'assistant', content: 'A', reasoning: 'R', state: 'stopped' },
      ],
    });
    const newer = read({ ...own, version: 2 });
    expect(newer.skipped).toEqual([
      { name: 'Eigene', reason: 'a newer version of Lumen exported it' },
    ]);
  });

  it('skip what is none, one by one, and take the rest', () => {
    const good = webUi([webUiMessage('q', null, 'user', 'Frage')], 'q');
    const lost = webUi([webUiMessage('a', 'gone', 'assistant', 'x')], 'a');
    const text = `[1,null,"x",[],{},{"a":},${JSON.stringify(good)},${JSON.stringify(lost)}]`;
    const { conversations, skipped } = read(text);
    expect(conversations).toHaveLength(1);
    expect(skipped.map(({ name }) => name)).toEqual([
      'Conversation 1',
      'Conversation 2',
      'Conversation 3',
      'Conversation 4',
      'Conversation 5',
      'Conversation 6',
      'Aus Open WebUI',
    ]);
    const many = read(`[${'1,'.repeat(500)}1]`);
    expect([many.skipped.length, many.furtherSkipped]).toEqual([100, 401]);
  });

  it.each<[string, unknown]>([
    ['wrong types', { mapping: { a: 1, b: null, c: [], d: { message: 'x', parent: 7 } } }],
    ['wrong parts', { mapping: { a: { message: { author: 5, content: { parts: 1 } } } } }],
    ['wrong trees', { chat: { history: { messages: { a: { parentId: {}, role: [] } } } } }],
    ['no messages', { chat: { history: { messages: {} } } }],
    ['wrong lists', { messages: [1, null, 'x', []] }],
    ['other forms', { title: 'x', data: [] }],
  ])('skip %s', (_case, value) => {
    const { conversations, skipped } = read(value);
    expect([conversations.length, skipped.length]).toEqual([0, 1]);
  });

  it('reach no prototype, and keep neither zeros nor halves of characters', () => {
    const text = `{"title":"a\\u0000\\ud800b","__proto__":{"isPinned":true},"chat":{"history":{"currentId":"__proto__","messages":{"__proto__":{"role":"user","content":"x\\u0000\\udfffy"}}}}}`;
    const { conversations } = read(text);
    expect(conversations[0]).toMatchObject({ title: 'a\ufffdb', isPinned: false });
    expect(conversations[0]!.messages[0]!.content).toBe('x\ufffdy');
    expect(({} as Record<string, unknown>)['isPinned']).toBeUndefined();
  });

  it('have no times that cannot be', () => {
    for (const timestamp of [-1, 1e300, 'x', {}, 4_102_444_800, '9999-01-01']) {
      const message = { ...webUiMessage('q', null, 'user', 'x'), timestamp };
      const { conversations } = read(webUi([message as never], 'q'));
      expect(conversations[0]!.messages[0]!.createdMs).toBe(1_700_000_000_000);
    }
  });
});
