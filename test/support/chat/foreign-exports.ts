const DAY_S = 86_400;
const NOW_S = Math.floor(Date.now() / 1000);

const said = (role: string, text: string) => ({
  author: { role },
  create_time: NOW_S - DAY_S,
  content: { content_type: 'text', parts: [text] },
});

/** Of yesterday, as ChatGPT exports it: one question and two answers to it. */
export const CHAT_GPT = {
  title: 'From ChatGPT',
  create_time: NOW_S - DAY_S,
  update_time: NOW_S - DAY_S,
  current_node: 'c',
  mapping: {
    a: { id: 'a', parent: null, children: ['b', 'c'], message: said('user', 'Hello from there') },
    b: { id: 'b', parent: 'a', children: [], message: said('assistant', 'The first answer.') },
    c: { id: 'c', parent: 'a', children: [], message: said('assistant', 'The second answer.') },
  },
};

const webUi = (title: string, atS: number) => ({
  title,
  created_at: atS,
  updated_at: atS,
  chat: {
    history: {
      currentId: '2',
      messages: {
        1: { parentId: null, role: 'user', content: 'Hello?', timestamp: atS },
        2: { parentId: '1', role: 'assistant', content: 'Hello from the web.', timestamp: atS },
      },
    },
  },
});

/** Of yesterday, as Open WebUI exports it. */
export const OPEN_WEBUI = webUi('From Open WebUI', NOW_S - DAY_S);

/** More than a year old. */
export const OLD = webUi('From long ago', NOW_S - 400 * DAY_S);
