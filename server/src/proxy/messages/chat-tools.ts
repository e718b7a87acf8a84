import { invalid, isObject } from '../requests/json-body.js';
import { type Fields, textIn } from './messages-body.js';

const MOST_SHOWN = 100;
const CHOICES: Readonly<Record<string, string>> = { auto: 'auto', any: 'required', none: 'none' };

/**
 * `tools` and `tool_choice` as chat completions have them; nothing where there are no tools.
 * @throws AppError invalid_request, also for tools that run at Anthropic
 */
export function chatToolsOf({ tools, tool_choice }: Fields): Fields {
  if (tools === undefined || tools === null) return {};
  if (!Array.isArray(tools)) throw invalid('tools', '"tools" must be a list of tools.');
  if (tools.length === 0) return {};
  const translated = tools.map((tool: unknown, index) => toolOf(tool, `tools.${index}`));
  return { tools: translated, ...choiceOf(tool_choice) };
}

function toolOf(tool: unknown, at: string): object {
  if (!isObject(tool)) throw invalid(at, `"${at}" must be an object.`);
  const { type, description, input_schema, strict } = tool;
  if (type !== undefined && type !== null && type !== 'custom') throw foreignTool(type, at);
  if (!isObject(input_schema)) {
    throw invalid(`${at}.input_schema`, `"${at}.input_schema" must be a JSON schema.`);
  }
  const described = {
    name: textIn(tool, 'name', at),
    ...(typeof description === 'string' && { description }),
    parameters: input_schema,
    ...(typeof strict === 'boolean' && { strict }),
  };
  return { type: 'function', function: described };
}

function choiceOf(choice: unknown): object {
  if (choice === undefined || choice === null) return {};
  if (!isObject(choice)) throw invalid('tool_choice', '"tool_choice" must be an object.');
  const { type } = choice;
  const isSingle = choice['disable_parallel_tool_use'] === true;
  const single = isSingle ? { parallel_tool_calls: false } : {};
  if (type === 'tool') {
    const named = { name: textIn(choice, 'name', 'tool_choice') };
    return { tool_choice: { type: 'function', function: named }, ...single };
  }
  const known = typeof type === 'string' && Object.hasOwn(CHOICES, type) ? CHOICES[type] : null;
  if (known === null) {
    throw invalid('tool_choice.type', '"tool_choice.type" must be auto, any, tool or none.');
  }
  return { tool_choice: known, ...single };
}

function foreignTool(type: unknown, at: string): Error {
  const name = String(type).slice(0, MOST_SHOWN);
  return invalid(
    at,
    `The tool "${name}" runs at Anthropic, which does not serve this model. Send tools with a name and an input_schema, or choose a model whose backend speaks Anthropic's API.`,
  );
}
