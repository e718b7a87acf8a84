import { createHmac } from 'node:crypto';
import { type SecretSpot } from './secret-spot.js';
import { secretSpots } from './secret-spots.js';

/** A secret of the file that a mask stands for. */
export interface KeptSecret {
  kind: string;
  value: string;
  /** As it is written in the file, quotes included. */
  slice: string;
}

export interface MaskedText {
  text: string;
  /** By their masks. */
  secrets: ReadonlyMap<string, KeptSecret>;
}

const MASK = /<secret:[0-9a-f]{16}>/g;
const QUOTED_MASK = /(["']?)(<secret:[0-9a-f]{16}>)\1/g;

/**
 * Puts masks in place of secrets and secrets back in place of masks, each byte as it was. The mask
 * of a secret depends on its text and on the kind of its place, through a key that only this
 * installation has: lists may be put in another order, and nothing is learned from a mask.
 */
export class SecretMasks {
  constructor(private readonly key: string) {}

  mask(text: string): MaskedText {
    const secrets = new Map<string, KeptSecret>();
    let masked = '';
    let end = 0;
    for (const spot of secretSpots(text)) {
      const slice = text.slice(spot.start, spot.end);
      // What is a mask already hides nothing.
      if (new RegExp(`^${QUOTED_MASK.source}$`).test(slice)) continue;
      const mask = this.maskOf(spot, slice);
      secrets.set(mask, { kind: spot.kind, value: spot.value, slice });
      masked += text.slice(end, spot.start) + mask;
      end = spot.end;
    }
    return { text: masked + text.slice(end), secrets };
  }

  /**
   * The text with the secrets of `kept` back in their places, or the masks that are not allowed:
   * unknown ones, and those of which the secret would come to stand where it can be read.
   */
  unmask(
    masked: string,
    kept: MaskedText['secrets'],
  ): { ok: true; text: string } | { ok: false; refused: string[] } {
    const wanted = masksIn(masked);
    const unknown = wanted.filter((mask) => !kept.has(mask));
    if (unknown.length > 0) return { ok: false, refused: unknown };
    const text = masked.replace(QUOTED_MASK, (_all, _quote, mask: string) => kept.get(mask)!.slice);
    const again = countOf(masksIn(this.mask(text).text));
    const refused = [...countOf(wanted)].filter(([mask, times]) => (again.get(mask) ?? 0) < times);
    if (refused.length > 0) return { ok: false, refused: refused.map(([mask]) => mask) };
    return { ok: true, text };
  }

  private maskOf({ kind }: SecretSpot, slice: string): string {
    const digest = createHmac('sha256', `lumen-configuration-mask:${this.key}`);
    return `<secret:${digest.update(`${kind}\0${slice}`).digest('hex').slice(0, 16)}>`;
  }
}

export function masksIn(text: string): string[] {
  return text.match(MASK) ?? [];
}

function countOf(masks: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const mask of masks) counts.set(mask, (counts.get(mask) ?? 0) + 1);
  return counts;
}
