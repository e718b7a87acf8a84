import {
  type Connection,
  GREETING,
  KEY_VARIABLE,
  type Step,
  apiUrl,
  pretty,
  quoted,
  shellWord,
} from './snippet';

const pythonProgram = (connection: Connection, key: string): string =>
  `import os
from openai import OpenAI

client = OpenAI(base_url=${quoted(apiUrl(connection))}, api_key=${key})
answer = client.chat.completions.create(
    model=${quoted(connection.model.id)},
    messages=[{"role": "user", "content": ${quoted(GREETING)}}],
)
print(answer.choices[0].message.content)
`;

export const python = (connection: Connection): Step[] => [
  { say: 'install', code: 'pip install openai', language: 'bash' },
  {
    say: 'program',
    about: 'hello.py',
    code: pythonProgram(connection, `os.environ["${KEY_VARIABLE}"]`),
    language: 'python',
    saveAs: 'hello.py',
  },
  { say: 'run', code: 'python hello.py', language: 'bash' },
];

export const javascript = (connection: Connection): Step[] => [
  { say: 'install', code: 'npm install openai', language: 'bash' },
  {
    say: 'program',
    about: 'hello.mjs',
    code: `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: ${quoted(apiUrl(connection))},
  apiKey: process.env.${KEY_VARIABLE},
});
const answer = await client.chat.completions.create({
  model: ${quoted(connection.model.id)},
  messages: [{ role: 'user', content: ${quoted(GREETING)} }],
});
console.log(answer.choices[0].message.content);
`,
    language: 'javascript',
    saveAs: 'hello.mjs',
  },
  { say: 'run', code: 'node hello.mjs', language: 'bash' },
];

export const r = (connection: Connection): Step[] => [
  { say: 'install', code: 'install.packages("ellmer")', language: 'r' },
  {
    say: 'program',
    about: 'hello.R',
    code: `library(ellmer)

chat <- chat_openai_compatible(
  base_url = ${quoted(apiUrl(connection))},
  name = ${quoted(connection.site)},
  credentials = function() Sys.getenv("${KEY_VARIABLE}"),
  model = ${quoted(connection.model.id)}
)
chat$chat(${quoted(GREETING)})
`,
    language: 'r',
    saveAs: 'hello.R',
  },
];

export const curl = (connection: Connection): Step[] => {
  const body = pretty({
    model: connection.model.id,
    messages: [{ role: 'user', content: GREETING }],
  });
  const code = `curl ${shellWord(`${apiUrl(connection)}/chat/completions`)} \\
  -H "Authorization: Bearer $${KEY_VARIABLE}" \\
  -H "Content-Type: application/json" \\
  -d '${body.replaceAll("'", `'\\''`)}'
`;
  return [{ say: 'shell', code, language: 'bash', saveAs: 'hello.sh' }];
};

export const jupyter = (connection: Connection): Step[] => {
  const key = `os.environ.get("${KEY_VARIABLE}") or getpass("API key: ")`;
  const program = `from getpass import getpass\n${pythonProgram(connection, key)}`;
  return [
    { say: 'notebook', about: 'lumen.ipynb', code: notebook(program), saveAs: 'lumen.ipynb' },
    { say: 'program', code: program, language: 'python' },
  ];
};

/** Two cells: what is needed, and the program. */
function notebook(program: string): string {
  const cell = (id: string, source: string) => ({
    cell_type: 'code',
    execution_count: null,
    id,
    metadata: {},
    outputs: [],
    source: source.trimEnd(),
  });
  const kernel = { display_name: 'Python 3', language: 'python', name: 'python3' };
  return pretty({
    cells: [cell('install', '%pip install -q openai'), cell('hello', program)],
    metadata: { kernelspec: kernel, language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}
