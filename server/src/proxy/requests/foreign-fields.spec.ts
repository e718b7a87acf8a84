import { describe, expect, it } from '@jest/globals';
import { type AppError } from '../../infrastructure/errors/app-error.js';
import { refuseForeignField } from './foreign-fields.js';

/** The field that is refused; null: none. */
function refusedOf(field: string, value: unknown): string | undefined | null {
  try {
    refuseForeignField(field, value);
    return null;
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_request' });
    return (error as AppError).param;
  }
}

const refused = (field: string, value: unknown) => expect(refusedOf(field, value)).toBe(field);

describe('refuseForeignField', () => {
  it.each(['models', 'fallbacks', 'route', 'extra_body', 'mock_testing_fallbacks', 'lora_path'])(
    'refuses %s, by which a backend takes another model',
    (field) => {
      refused(field, ['expensive']);
      refused(field, '');
      expect(refusedOf(field, null)).toBeNull();
    },
  );

  it.each(['n_predict', 'num_predict', 'max_new_tokens', 'n_cmpl'])(
    'refuses %s, which a backend follows before the limit that is held for',
    (field) => {
      refused(field, -1);
      refused(field, 0);
    },
  );

  it('takes the tiers that cost no more than usual', () => {
    for (const tier of ['auto', 'default', 'flex', 'standard_only', null, undefined]) {
      expect(refusedOf('service_tier', tier)).toBeNull();
    }
    for (const tier of ['priority', 'performance', 'Flex', 7]) refused('service_tier', tier);
  });

  it.each(['temperature', 'provider', 'chat_template_kwargs', 'user', 'metadata'])(
    'leaves %s to the backend',
    (field) => expect(refusedOf(field, { any: 'thing' })).toBeNull(),
  );
});
