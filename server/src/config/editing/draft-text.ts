import { type Path } from '../paths.js';
import { type Problem } from '../problem.js';
import { editedText, type FormChange } from './edited-text.js';
import { withKeptSecrets } from './kept-secrets.js';
import { type MaskedText, type SecretMasks } from './masked-text.js';
import { CannotEdit } from './yaml-editor.js';

/** Larger files are not for forms: reading them for the editor would hold others up. */
export const MOST_BYTES = 2 ** 20;

/** Another text, masked, or changes to the one there is. */
export type Draft = { text: string } | { changes: readonly FormChange[] };

export interface DraftedText {
  /** With its secrets, for the file. */
  text: string;
  /** With masks, for people. */
  shown: string;
  problems: Problem[];
}

/** Makes the text that a draft means, from the text there is. */
export class DraftText {
  constructor(
    private readonly masks: SecretMasks,
    private readonly current: string,
    private readonly masked: MaskedText,
  ) {}

  of(draft: Draft | { plain: string }): DraftedText {
    if ('plain' in draft) return this.drafted(draft.plain);
    return 'text' in draft ? this.ofText(draft.text) : this.ofChanges(draft.changes);
  }

  private ofText(submitted: string): DraftedText {
    if (Buffer.byteLength(submitted) > MOST_BYTES)
      return { text: submitted, shown: '', problems: [] };
    const unmasked = this.masks.unmask(submitted, this.masked.secrets);
    if (unmasked.ok) return { ...this.drafted(unmasked.text), shown: this.shownAs(submitted) };
    const problems = unmasked.refused.map((mask) => ({
      path: '',
      message: `A kept secret (${mask}) at line ${lineOf(submitted, mask)} does not belong there or is no longer in the file. Type it again.`,
    }));
    return { text: submitted, shown: this.shownAs(submitted), problems };
  }

  private ofChanges(changes: readonly FormChange[]): DraftedText {
    const problems: Problem[] = [];
    const resolved = changes.map((change) => {
      if ('name' in change) return change;
      const { path, value } = change;
      return { path, value: withKeptSecrets(value, path, this.masked.secrets, problems) };
    });
    if (problems.length > 0) return { ...this.unchanged(), problems };
    try {
      return this.drafted(editedText(this.current, resolved));
    } catch (error) {
      if (!(error instanceof CannotEdit)) throw error;
      return { ...this.unchanged(), problems: [{ path: error.path, message: error.message }] };
    }
  }

  private drafted(text: string): DraftedText {
    return { text, shown: this.masks.mask(text).text, problems: [] };
  }

  private unchanged(): { text: string; shown: string } {
    return { text: this.current, shown: this.masked.text };
  }

  /** As it was sent, so that its lines are those of the editor, but secrets typed into it masked. */
  private shownAs(submitted: string): string {
    return this.masks.mask(submitted).text;
  }
}

function lineOf(text: string, mask: string): number {
  return text.slice(0, text.indexOf(mask)).split('\n').length;
}

/** What a request names as changes; `undefined` for what is none. */
export function formChangesOf(value: unknown): FormChange[] | undefined {
  if (!Array.isArray(value) || value.length > 500) return undefined;
  const changes = value.map((item: unknown): FormChange | undefined => {
    if (typeof item !== 'object' || item === null) return undefined;
    const { path, value: next, name } = item as Record<string, unknown>;
    if (!isPath(path)) return undefined;
    if (name === undefined) return isPlain(next, 0) ? { path, value: next } : undefined;
    return typeof name === 'string' && isPart(name) ? { path, name } : undefined;
  });
  return changes.every((change) => change !== undefined) ? changes : undefined;
}

function isPath(value: unknown): value is Path {
  return Array.isArray(value) && value.length > 0 && value.length <= 12 && value.every(isPart);
}

function isPart(part: unknown): boolean {
  if (typeof part === 'number') return Number.isInteger(part) && part >= 0 && part < 100_000;
  return typeof part === 'string' && part.length <= 400 && part !== '__proto__';
}

/** Of no great depth and without names that are none. */
function isPlain(value: unknown, depth: number): boolean {
  if (depth > 12) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, item]) => isPart(name) && isPlain(item, depth + 1));
}
