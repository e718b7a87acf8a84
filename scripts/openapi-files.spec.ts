import { describe, expect, it } from '@jest/globals';
import { schemaAliases } from './openapi-files.mjs';

describe("the client's names of the schemas", () => {
  it('are those of the server without Dto', () => {
    expect(schemaAliases(['MeDto', 'ApiKeyDto', 'Problem'])).toBe(
      [
        "export type Me = components['schemas']['MeDto'];\n",
        "export type ApiKey = components['schemas']['ApiKeyDto'];\n",
        "export type Problem = components['schemas']['Problem'];\n",
      ].join(''),
    );
  });
});
