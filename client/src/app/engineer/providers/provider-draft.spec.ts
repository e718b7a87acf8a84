import { bodyOf, draftOf, EMPTY_DRAFT, modelNames, problemsOf } from './provider-draft';

const WORDS = {
  name: 'n',
  slug: 's',
  baseUrl: 'b',
  models: 'm',
  duplicate: (name: string) => `twice ${name}`,
};
const GOOD = {
  ...EMPTY_DRAFT,
  name: ' Ours ',
  slug: 'ours',
  baseUrl: 'https://host/v1',
  models: 'a\n\n b ',
};

describe('a draft of a provider', () => {
  it.each([
    [{}, {}],
    [{ name: ' ' }, { name: 'n' }],
    [{ slug: 'Not-this' }, { slug: 's' }],
    [{ slug: 'a--b' }, { slug: 's' }],
    [{ baseUrl: 'host/v1' }, { baseUrl: 'b' }],
    [{ baseUrl: 'https://host/v1?key=1' }, { baseUrl: 'b' }],
    [{ models: ' \n' }, { models: 'm' }],
    [{ models: 'a\na' }, { models: 'twice a' }],
  ])('with %j has the problems %j', (change, problems) => {
    expect(problemsOf({ ...GOOD, ...change }, WORDS)).toEqual(problems);
  });

  it('is sent without its empty key and empty lines', () => {
    expect(bodyOf(GOOD)).toEqual({
      name: 'Ours',
      slug: 'ours',
      type: 'custom',
      baseUrl: 'https://host/v1',
      models: ['a', 'b'],
      isEnabled: true,
      isDefault: false,
    });
    expect(bodyOf({ ...GOOD, apiKey: ' sk ' }).apiKey).toBe('sk');
  });

  it('never begins with the masked key', () => {
    const provider = { ...bodyOf(GOOD), apiKey: 'sk-a...z', modelSettings: {} };
    expect(draftOf(provider as unknown as Parameters<typeof draftOf>[0]).apiKey).toBe('');
    expect(modelNames('x\r\ny')).toEqual(['x', 'y']);
  });
});
