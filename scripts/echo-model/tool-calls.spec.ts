import { describe, expect, it } from '@jest/globals';
import { type JsonObject } from './fields.ts';
import { toolCallsFor } from './tool-calls.ts';

const tools = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: {
        type: 'object',
        properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'kelvin'] } },
        required: ['city', 'unit'],
      },
    },
  },
  { type: 'function', function: { name: 'add' } },
];

const say = (text: string, role = 'user') => ({ role, text, images: 0, recordings: 0, files: 0 });
const namesOf = (text: string, body: JsonObject, role?: string) =>
  toolCallsFor(say(text, role), { tools, ...body }).map((call) => call.function.name);

describe('tool calls', () => {
  it.each<[string, JsonObject, string[]]>([
    ['What is the weather?', {}, []],
    ['Try get_weather for Bonn', {}, ['get_weather']],
    ['Try Get_Weather, then ADD', {}, ['get_weather', 'add']],
    ['get_weather, add', { parallel_tool_calls: false }, ['get_weather']],
    ['Please use the tool', {}, ['get_weather']],
    ['call it', {}, ['get_weather']],
    ['I recall an address', {}, []],
    ['use the tool', { tools: null }, []],
    ['use the tool', { tools: [] }, []],
    ['Try get_weather', { tool_choice: 'none' }, []],
    ['Hello', { tool_choice: 'required' }, ['get_weather']],
    ['Please add', { tool_choice: 'required' }, ['add']],
    ['Hello', { tool_choice: { type: 'function', function: { name: 'add' } } }, ['add']],
    ['Hello', { tool_choice: 'auto' }, []],
    ['Hello', { tool_choice: null }, []],
  ])('%j with %j calls %j', (text, body, expected) => {
    expect(namesOf(text, body)).toEqual(expected);
  });

  it('does not call again because a tool’s answer has its name', () => {
    expect(namesOf('add said 3', {}, 'tool')).toEqual([]);
  });

  it('fills in arguments by the schema, the message where it says nothing', () => {
    const [call] = toolCallsFor(say('get_weather "Zürich"'), { tools });
    expect(call).toMatchObject({ type: 'function', id: expect.stringMatching(/^call_\w{24}$/) });
    expect(JSON.parse(call!.function.arguments)).toEqual({
      city: 'get_weather "Zürich"',
      unit: 'celsius',
    });
  });

  it('gives a function without a schema no arguments', () => {
    const [call] = toolCallsFor(say('add'), { tools });
    expect(call!.function.arguments).toBe('{}');
  });

  it.each<[string, JsonObject, string]>([
    ['tools that are no list', { tools: 'x' }, 'tools'],
    ['a tool without a name', { tools: [{ type: 'function', function: {} }] }, 'tools[0]'],
    ['a tool that is nothing', { tools: [null] }, 'tools[0]'],
    ['an unknown choice', { tool_choice: 'maybe' }, 'tool_choice'],
    ['a choice of an unknown tool', { tool_choice: { function: { name: 'x' } } }, 'tool_choice'],
    ['required without tools', { tools: [], tool_choice: 'required' }, 'tool_choice'],
  ])('refuses %s', (_name, body, param) => {
    expect(() => namesOf('Hello', body)).toThrow(expect.objectContaining({ status: 400, param }));
  });
});
