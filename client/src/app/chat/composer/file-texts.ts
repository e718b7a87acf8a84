import { type UploadLimits } from '../../core/api/schema';
import { type Messages } from '../../core/i18n/messages';
import { type AttachedFile, extensionOf } from './attached-file';

/** A size as people read it: 980 B, 12 kB, 3.4 MB. */
export function sizeText(bytes: number, number: (value: number) => string): string {
  if (bytes < 1000) return `${number(bytes)} B`;
  if (bytes < 1_000_000) return `${number(Math.round(bytes / 1000))} kB`;
  return `${number(Math.round(bytes / 100_000) / 10)} MB`;
}

/** Why a file cannot be attached, in a sentence; empty if it can. */
export function problemText(
  { name, problem }: AttachedFile,
  limits: UploadLimits | null,
  text: Messages['composer'],
  number: (value: number) => string,
): string {
  switch (problem?.kind) {
    case undefined:
      return '';
    case 'refused':
    case 'lost':
      return problem.reason;
    case 'empty':
      return text.problems.empty;
    case 'tooMany':
      return text.problems.tooMany(limits?.maxFiles ?? 0);
    case 'tooLarge':
      return text.problems.tooLarge(sizeText(limits?.maxBytes ?? 0, number));
    case 'type':
      return text.problems.type(extensionOf(name));
  }
}
