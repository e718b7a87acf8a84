import { type CreateProvider, type ProviderDetail } from '../../core/api/schema';

/** A provider as it stands in the form. */
export interface ProviderDraft {
  name: string;
  slug: string;
  type: ProviderDetail['type'];
  baseUrl: string;
  /** Empty: none, or the one that is stored. */
  apiKey: string;
  /** One name a line. */
  models: string;
  isEnabled: boolean;
  isDefault: boolean;
}

export type DraftField = keyof ProviderDraft;
export type DraftProblems = Partial<Record<DraftField, string>>;

/** What may be wrong with a draft, in words. */
export interface DraftWords {
  name: string;
  slug: string;
  baseUrl: string;
  models: string;
  duplicate: (name: string) => string;
}

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const EMPTY_DRAFT: ProviderDraft = {
  name: '',
  slug: '',
  type: 'custom',
  baseUrl: '',
  apiKey: '',
  models: '',
  isEnabled: true,
  isDefault: false,
};

export function draftOf(provider: ProviderDetail): ProviderDraft {
  const { name, slug, type, baseUrl, models, isEnabled, isDefault } = provider;
  return { name, slug, type, baseUrl, apiKey: '', models: models.join('\n'), isEnabled, isDefault };
}

export function modelNames(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What the server would refuse, said before it is asked; it decides by itself all the same. */
export function problemsOf(draft: ProviderDraft, words: DraftWords): DraftProblems {
  const names = modelNames(draft.models);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const name = draft.name.trim();
  return {
    ...(name === '' || name.length > 128 ? { name: words.name } : {}),
    ...(SLUG.test(draft.slug) && draft.slug.length <= 63 ? {} : { slug: words.slug }),
    ...(isAddress(draft.baseUrl) ? {} : { baseUrl: words.baseUrl }),
    ...(names.length === 0 ? { models: words.models } : {}),
    ...(twice === undefined ? {} : { models: words.duplicate(twice) }),
  };
}

/** What is sent; an empty key is left out, so that the stored one stays. */
export function bodyOf(draft: ProviderDraft): CreateProvider {
  const { apiKey, models, ...rest } = draft;
  const key = apiKey.trim();
  return {
    ...rest,
    name: draft.name.trim(),
    baseUrl: draft.baseUrl.trim(),
    models: modelNames(models),
    ...(key === '' ? {} : { apiKey: key }),
  };
}

function isAddress(text: string): boolean {
  const url = URL.parse(text.trim());
  return url !== null && /^https?:$/.test(url.protocol) && !/[?#]/.test(text);
}
