import { type Configuration, type ModelConfiguration } from './schema/configuration.js';

/** Time limits towards a backend, in seconds. */
export type UpstreamTimeouts = Configuration['upstream']['timeouts'];
/** Repetitions of a failed request. */
export type UpstreamRetries = Configuration['upstream']['retries'];

type Profile = {
  timeouts: Partial<UpstreamTimeouts>;
  retries: Partial<UpstreamRetries>;
};

/**
 * Ready-made limits by the size of a model: `small` for 7–8B, `medium` for 14–32B, `large` for
 * mixtures of experts and larger dense models. docs/configuration.md shows these numbers.
 */
export const PROFILES: Readonly<Record<'small' | 'medium' | 'large', Profile>> = {
  small: {
    timeouts: { connectS: 2, firstTokenS: 20, idleS: 15, totalS: 180 },
    retries: { attempts: 1, backoffMs: 100 },
  },
  medium: {
    timeouts: { connectS: 5, firstTokenS: 60, idleS: 30, totalS: 600 },
    retries: { attempts: 2, backoffMs: 250 },
  },
  large: {
    timeouts: { connectS: 10, firstTokenS: 240, idleS: 90, totalS: 1800 },
    retries: { attempts: 3, backoffMs: 1000 },
  },
};

/** What holds for a model: its own values, else those of its profile, else those of `upstream`. */
export function upstreamLimits(
  { upstream }: Pick<Configuration, 'upstream'>,
  model: Pick<ModelConfiguration, 'profile' | 'timeouts' | 'retries'>,
): { timeouts: UpstreamTimeouts; retries: UpstreamRetries } {
  const profile = model.profile === null ? undefined : PROFILES[model.profile];
  return {
    timeouts: { ...upstream.timeouts, ...profile?.timeouts, ...withoutNulls(model.timeouts) },
    retries: { ...upstream.retries, ...profile?.retries, ...withoutNulls(model.retries) },
  };
}

type WithoutNulls<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

function withoutNulls<T extends object>(values: T): WithoutNulls<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null),
  ) as WithoutNulls<T>;
}
