import { Inject, Injectable } from '@nestjs/common';
import { ConfigurationService } from '../../config/configuration.service.js';
import { parseRateLimit, type RateLimit } from '../../config/index.js';
import { type Admission, type RateLimitRule } from './admission.js';
import { RateLimitStorage } from './rate-limit-storage.js';
import { ThrottlerStorage } from './throttler.js';

export type ConfiguredLimit = 'requests' | 'pages' | 'login' | 'failed_keys';

/** What a page asks beside its questions: no busy person comes near, a loop gone wild does. */
const PAGES_LIMIT = '1200 per minute';

interface ReadRule {
  /** What the configuration said when it was read. */
  readonly text: string;
  readonly rule: RateLimitRule;
}

/** Counts requests against the limits that the configuration has at this moment. */
@Injectable()
export class RateLimitsService {
  private readonly rules = new Map<ConfiguredLimit, ReadRule>();

  constructor(
    private readonly configuration: ConfigurationService,
    @Inject(ThrottlerStorage) private readonly storage: RateLimitStorage,
  ) {}

  /** Counts one request of this caller if all limits allow it; at once where no Redis is asked. */
  take(name: ConfiguredLimit, caller: string): Admission | Promise<Admission> {
    return this.storage.take(this.ruleOf(name), caller);
  }

  /** Takes the caller's newest request back, as if it had not been. */
  giveBack(name: ConfiguredLimit, caller: string): void {
    this.storage.giveBack(this.ruleOf(name), caller);
  }

  private ruleOf(name: ConfiguredLimit): RateLimitRule {
    const text = this.textOf(name);
    const known = this.rules.get(name);
    if (known?.text === text) return known.rule;
    const rule = { name, limits: strictest(parseRateLimit(text) ?? []) };
    this.rules.set(name, { text, rule });
    return rule;
  }

  private textOf(name: ConfiguredLimit): string {
    const { rateLimiting } = this.configuration.current;
    if (name === 'pages') return PAGES_LIMIT;
    if (name === 'requests') return rateLimiting.limit;
    return name === 'login' ? rateLimiting.login : rateLimiting.failedKeys;
  }
}

/** One limit for each length of window: a request must count once in each. */
function strictest(limits: readonly RateLimit[]): RateLimit[] {
  const ofWindow = new Map<number, RateLimit>();
  for (const limit of limits) {
    const other = ofWindow.get(limit.windowS);
    if (!other || limit.limit < other.limit) ofWindow.set(limit.windowS, limit);
  }
  return [...ofWindow.values()];
}
