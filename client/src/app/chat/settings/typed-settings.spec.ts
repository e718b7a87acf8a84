import { type TypedSettings, mostOutput, readSettings, typedSettings } from './typed-settings';

const EMPTY: TypedSettings = {
  systemPrompt: '',
  temperature: '',
  maxOutputTokens: '',
  reasoningEffort: '',
};
const read = (typed: Partial<TypedSettings>) => readSettings({ ...EMPTY, ...typed }, 4096);

describe('readSettings', () => {
  it('leaves to the model what is empty', () => {
    const nothing = {
      systemPrompt: null,
      temperature: null,
      maxOutputTokens: null,
      reasoningEffort: null,
    };
    expect(read({ systemPrompt: '  ', temperature: ' ' }).settings).toEqual(nothing);
    expect(typedSettings(nothing)).toEqual(EMPTY);
  });

  it('gives back what it was given', () => {
    const settings = {
      systemPrompt: 'Be brief.\n',
      temperature: 0.7,
      maxOutputTokens: 200,
      reasoningEffort: 'low',
    } as const;
    expect(readSettings(typedSettings(settings), 4096).settings).toEqual(settings);
  });

  it.each([
    ['0', 0],
    ['2', 2],
    ['0,7', 0.7],
    ['.5', 0.5],
    [' 1.25 ', 1.25],
  ])('takes the temperature %j', (temperature, expected) => {
    expect(read({ temperature }).settings?.temperature).toBe(expected);
  });

  it.each(['-1', '2.01', 'warm', '1e-1', '1.2.3', 'NaN'])(
    'refuses the temperature %j',
    (temperature) => {
      expect(read({ temperature })).toMatchObject({ settings: null, wrong: { temperature: true } });
    },
  );

  it.each(['0', '4097', '1.5', '-3', 'all', '1e3'])('refuses the length %j', (maxOutputTokens) => {
    expect(read({ maxOutputTokens })).toMatchObject({ wrong: { maxOutputTokens: true } });
  });

  it('refuses a system prompt that is too long', () => {
    expect(read({ systemPrompt: 'x'.repeat(32_001) })).toMatchObject({
      wrong: { systemPrompt: true },
    });
  });
});

describe('mostOutput', () => {
  it('is the model’s limit, or what the server takes', () => {
    expect(mostOutput(4096)).toBe(4096);
    expect(mostOutput(null)).toBe(10_000_000);
  });
});
