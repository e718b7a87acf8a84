import { type ModelCard } from '../core/api/schema';
import { filterModels, modelLink, modelPath } from './filter-models';

const model = (name: string, more: Partial<ModelCard> = {}) =>
  ({
    model: name,
    description: null,
    access: 'allowed',
    status: 'ok',
    inputModalities: ['text'],
    ...more,
  }) as ModelCard;

const MODELS = [
  model('org/qwen', { description: 'For code and prose' }),
  model('llava', { inputModalities: ['text', 'image'], access: 'needs_ack' }),
  model('old', { status: 'down', access: 'blocked' }),
];
const ALL = { search: '', access: '', modality: '', status: '' };

describe('filterModels', () => {
  it.each([
    [{}, ['org/qwen', 'llava', 'old']],
    [{ search: 'CODE qwen' }, ['org/qwen']],
    [{ search: 'qwen nothing' }, []],
    [{ access: 'needs_ack' }, ['llava']],
    [{ modality: 'image' }, ['llava']],
    [{ status: 'down' }, ['old']],
    [{ status: 'down', access: 'allowed' }, []],
  ])('by %j finds %j', (filters, names) => {
    const found = filterModels(MODELS, { ...ALL, ...filters });
    expect(found.map((each) => each.model)).toEqual(names);
  });
});

it('keeps the slashes of a name in its addresses', () => {
  expect(modelLink('org/qwen')).toEqual(['/models', 'org', 'qwen']);
  expect(modelPath('org/qwen 3?')).toBe('org/qwen%203%3F');
});
