import { type ProviderDetail } from '../../core/api/schema';
import { changedSettings, priceDraftOf, settingsIn, shownPrices, wrongPrices } from './price-draft';

const PROVIDER = {
  slug: 'ours',
  modelSettings: {
    'org/one': { inputCostPerMillion: 0.07, access: 'blocked', contextWindow: 8000 },
    two: { outputCostPerMillion: 3 },
  },
} as unknown as ProviderDetail;

const draft = priceDraftOf(settingsIn(PROVIDER, 'ours/org/one'));

it('begins with what is set', () => {
  expect(draft).toEqual({
    inputCostPerMillion: '0.07',
    cachedInputCostPerMillion: '',
    outputCostPerMillion: '',
    audioCostPerHour: '',
    access: 'blocked',
    needsAck: false,
    ackMessage: '',
  });
});

it.each([
  ['', true],
  ['0', true],
  ['0,5', true],
  ['1000000', true],
  ['1000001', false],
  ['-1', false],
  ['1e3', false],
  ['free', false],
])('takes %j for a price: %s', (inputCostPerMillion, isPrice) => {
  expect(wrongPrices({ ...draft, inputCostPerMillion })).toEqual(
    isPrice ? [] : ['inputCostPerMillion'],
  );
});

it('takes prices of audio and what has to be agreed to', () => {
  const changed = { ...draft, audioCostPerHour: '0,5', needsAck: true, ackMessage: ' Be kind. ' };
  const settings = changedSettings(PROVIDER, 'ours/org/one', changed);
  expect(settings['org/one']).toMatchObject({
    audioCostPerHour: 0.5,
    needsAck: true,
    ackMessage: 'Be kind.',
  });
  const again = priceDraftOf(settings['org/one']!);
  expect([...shownPrices(again)]).toEqual([
    ['inputCostPerMillion', '0.07'],
    ['audioCostPerHour', '0.5'],
    ['access', 'blocked'],
    ['needsAck', 'true'],
    ['ackMessage', 'Be kind.'],
  ]);
});

it('changes prices and access alone, and leaves out what is empty', () => {
  const changed = { ...draft, inputCostPerMillion: '', outputCostPerMillion: '1,5', access: '' };
  expect(changedSettings(PROVIDER, 'ours/org/one', changed)).toEqual({
    'org/one': { contextWindow: 8000, outputCostPerMillion: 1.5 },
    two: { outputCostPerMillion: 3 },
  });
});
