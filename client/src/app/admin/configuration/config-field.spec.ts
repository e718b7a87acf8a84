import { TestBed } from '@angular/core/testing';

import { useLanguage } from '../../../testing/language';
import { ConsoleText } from '../../console/console-text';
import { type ConfigurationField } from '../../core/api/schema';
import { ConfigField } from './config-field';

type Facts = Omit<Partial<ConfigurationField>, 'default'> & { default?: unknown };

const aField = (facts: Facts) =>
  ({
    name: 'a',
    kind: 'text',
    doc: '',
    allowed: '',
    unit: '',
    env: '',
    defaultText: '',
    default: null,
    choices: [],
    fields: [],
    ...facts,
  }) as ConfigurationField;

describe('a field of the configuration that the file does not name', () => {
  beforeEach(async () => {
    await useLanguage();
    await TestBed.inject(ConsoleText).start();
  });

  const placeholderOf = async (facts: Facts) => {
    const fixture = TestBed.createComponent(ConfigField);
    fixture.componentRef.setInput('field', aField(facts));
    fixture.componentRef.setInput('path', ['a']);
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    return page.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
      ?.placeholder;
  };

  it.each([
    ['number', 10, '10', '10'],
    ['list', ['txt', 'pdf'], '[txt, pdf]', 'txt, pdf'],
    ['list', [], 'none', 'none'],
    ['text', null, 'the first words', 'the first words'],
  ] as const)('of kind %s shows what is in force without it', async (kind, value, words, shown) => {
    expect(await placeholderOf({ kind, default: value, defaultText: words })).toBe(shown);
  });

  it('shows the default of a text of several lines', async () => {
    const allowed = 'a text of at most 2000 characters';
    expect(await placeholderOf({ allowed, defaultText: 'none' })).toBe('none');
  });

  it('shows no default where there has to be a value', async () => {
    expect(await placeholderOf({ required: true, defaultText: 'required' })).toBe('');
  });
});
