import { randomUUID } from 'node:crypto';
import { type Message } from './conversation.ts';
import { exampleObject } from './example-value.ts';
import { type JsonObject, isAbsent, isObject } from './fields.ts';
import { RequestError } from './request-error.ts';

export interface ToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

interface Tool {
  name: string;
  parameters: unknown;
}

/** Words by which a message asks for a tool without naming one. */
const PLEA = /\bcall\b|\b(use|invoke|run)\b.*\btools?\b/is;

/**
 * The calls a message is answered with, none if it does not ask for one. `tool_choice` decides where
 * it is given; else a message asks by a tool's name, or by words such as "call" and "use the tool".
 * A tool's own answer asks for nothing.
 */
export function toolCallsFor(message: Message, body: JsonObject): ToolCall[] {
  const tools = readTools(body.tools);
  const wanted = wantedTools(message, tools, body.tool_choice);
  const called = body.parallel_tool_calls === false ? wanted.slice(0, 1) : wanted;
  return called.map(({ name, parameters }) => ({
    id: `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(exampleObject(parameters, message.text.trim())) },
  }));
}

function readTools(value: unknown): Tool[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw new RequestError("'tools' must be a list.", { param: 'tools' });
  return value.map((tool: unknown, index) => {
    const param = `tools[${index}]`;
    const definition = isObject(tool) ? tool.function : undefined;
    if (!isObject(definition) || typeof definition.name !== 'string' || definition.name === '') {
      throw new RequestError(`'${param}' has no function with a name.`, { param });
    }
    return { name: definition.name, parameters: definition.parameters };
  });
}

function wantedTools(message: Message, tools: Tool[], choice: unknown): Tool[] {
  if (isObject(choice)) return [chosenTool(tools, choice)];
  const named = toolsNamedIn(message.text, tools);
  switch (choice ?? 'auto') {
    case 'none':
      return [];
    case 'auto':
      if (message.role === 'tool') return [];
      return named.length > 0 || !PLEA.test(message.text) ? named : tools.slice(0, 1);
    case 'required':
      if (tools.length === 0)
        throw wrongChoice("'tool_choice' is 'required', and there are no tools.");
      return named.length > 0 ? named : tools.slice(0, 1);
    default:
      throw wrongChoice("'tool_choice' must be 'none', 'auto', 'required' or name a function.");
  }
}

function chosenTool(tools: Tool[], choice: JsonObject): Tool {
  const name = isObject(choice.function) ? choice.function.name : undefined;
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool) return tool;
  throw wrongChoice(`'tool_choice' names ${JSON.stringify(name)}, which is none of the tools.`);
}

function wrongChoice(message: string): RequestError {
  return new RequestError(message, { param: 'tool_choice' });
}

/** A name counts as a whole word only: "add" is not in "address". */
function toolsNamedIn(text: string, tools: Tool[]): Tool[] {
  const spoken = new Set(text.toLowerCase().split(/[^\w-]+/));
  return tools.filter(({ name }) => spoken.has(name.toLowerCase()));
}
