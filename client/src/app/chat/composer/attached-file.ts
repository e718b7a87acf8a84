import { type Attachment } from '../../core/api/schema';

/** Why a file cannot be attached. */
export type FileProblem =
  | { readonly kind: 'empty' | 'tooMany' | 'tooLarge' | 'type' }
  /** As the server says it, or for want of that, what its answer means. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Trying again may help. */
  | { readonly kind: 'lost'; readonly reason: string };

/** A file in the message field: on its way to the server, there, or refused. */
export interface AttachedFile {
  readonly key: number;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly state: 'uploading' | 'ready' | 'failed';
  /** From 0 to 1. */
  readonly progress: number;
  /** Once it is ready. */
  readonly attachment: Attachment | null;
  /** Once it has failed. */
  readonly problem: FileProblem | null;
  /** Address of a picture of it; null: it has none. */
  readonly preview: string | null;
}

/** The end of a name, in lower case and without its dot; empty if it has none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** A long name with its middle left out: the end tells what kind of file it is. */
export function shortName(name: string, characters = 28): string {
  const all = [...name];
  if (all.length <= characters) return name;
  const end = Math.floor((characters - 1) / 2);
  return `${all.slice(0, characters - 1 - end).join('')}…${all.slice(-end).join('')}`;
}

/** About how many tokens a model makes of a text. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4);
}
