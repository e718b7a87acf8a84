import { type AppError } from '../../infrastructure/errors/app-error.js';
import { flagIn, invalid, isObject } from '../requests/json-body.js';
import { neededTextIn, objectIn, textIn } from './field-values.js';

type Values = Readonly<Record<string, unknown>>;

interface ChatTool {
  readonly type: 'function';
  readonly function: { readonly name: string };
}

const CHOICES: ReadonlySet<unknown> = new Set(['none', 'auto', 'required']);

/**
 * `tools`, `tool_choice` and `parallel_tool_calls` of a chat completion.
 * @throws AppError invalid_request, for tools that run where the model does
 */
export function chatTools(values: Values): object {
  const listed = ((values['tools'] ?? []) as unknown[]).map(chatTool);
  const { tools, choice } = choose(listed, values['tool_choice'] ?? null);
  if (tools.length === 0) return {};
  const isParallel = values['parallel_tool_calls'] ?? null;
  return {
    tools,
    ...(choice !== null && { tool_choice: choice }),
    ...(isParallel !== null && { parallel_tool_calls: flagIn(values, 'parallel_tool_calls') }),
  };
}

function chatTool(tool: unknown, index: number): ChatTool {
  const path = `tools[${index}]`;
  if (!isObject(tool)) throw invalid(path, `"${path}" must be an object.`);
  const type = neededTextIn(tool, 'type', `${path}.type`);
  if (type !== 'function') throw unavailable(path, type);
  const description = textIn(tool, 'description', `${path}.description`);
  const parameters = objectIn(tool, 'parameters', `${path}.parameters`);
  const isStrict = tool['strict'] ?? null;
  return {
    type,
    function: {
      name: neededTextIn(tool, 'name', `${path}.name`),
      ...(description !== null && { description }),
      ...(parameters !== null && { parameters }),
      ...(isStrict !== null && { strict: flagIn(tool, 'strict') }),
    },
  };
}

/** A choice among some of the tools becomes a list of just these, which every backend knows. */
function choose(tools: ChatTool[], choice: unknown): { tools: ChatTool[]; choice: unknown } {
  if (choice === null || CHOICES.has(choice)) return { tools, choice };
  if (!isObject(choice)) {
    throw invalid('tool_choice', '"tool_choice" must be "none", "auto", "required" or an object.');
  }
  const type = neededTextIn(choice, 'type', 'tool_choice.type');
  if (type === 'function') {
    const name = neededTextIn(choice, 'name', 'tool_choice.name');
    return { tools, choice: { type, function: { name } } };
  }
  if (type !== 'allowed_tools') throw unavailable('tool_choice', type);
  const mode = textIn(choice, 'mode', 'tool_choice.mode') ?? 'auto';
  const names = namesOf(choice['tools']);
  return { tools: tools.filter((tool) => names.has(tool.function.name)), choice: mode };
}

function namesOf(tools: unknown): ReadonlySet<unknown> {
  if (!Array.isArray(tools))
    throw invalid('tool_choice.tools', '"tool_choice.tools" must be a list.');
  return new Set((tools as unknown[]).map((tool) => isObject(tool) && tool['name']));
}

function unavailable(param: string, type: string): AppError {
  const name = type.slice(0, 100);
  return invalid(
    param,
    `The tool "${name}" is not available: the backend of this model has no Responses API of its own, so that only tools of the type "function" can be used. Leave it out, or choose another model.`,
  );
}
