import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ConfigurationService } from '../../config/configuration.service.js';
import { secretKeysOf } from '../../config/index.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { sameSecret } from '../../infrastructure/crypto/tokens.js';
import { ATTEMPT_LASTS_S, type LoginAttempt, openAttempt, sealAttempt } from './login-attempt.js';
import { LoginRefusal } from './login-refusal.js';

const REMEMBERED_ATTEMPTS = 100_000;

/** Logins under way: each is bound to the browser that began it and can be used once. */
@Injectable()
export class LoginAttemptsService {
  private readonly used = new LRUCache<string, true>({
    max: REMEMBERED_ATTEMPTS,
    ttl: ATTEMPT_LASTS_S * 1_000,
  });

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
  ) {}

  /** The value of the cookie that carries `attempt`. */
  seal(attempt: LoginAttempt): Promise<string> {
    return sealAttempt(attempt, this.secretKeys[0], this.clock.now());
  }

  /**
   * The attempt that a provider's answer belongs to, which is used up by this. An answer to an
   * attempt of another browser, or to none, leaves the one of this browser alone.
   * @throws LoginRefusal login_replayed or login_expired
   */
  async take(state: string, cookie: string | undefined): Promise<LoginAttempt> {
    if (this.used.has(state)) {
      throw new LoginRefusal('login_replayed', 'This answer of the provider was used before.');
    }
    const attempt = cookie ? await this.open(cookie) : null;
    if (!attempt) {
      throw new LoginRefusal(
        'login_expired',
        'This browser has no login under way: it took too long, or was begun in another browser.',
      );
    }
    if (!sameSecret(attempt.state, state)) {
      throw new LoginRefusal(
        'login_expired',
        'The state does not belong to the login that is under way in this browser.',
      );
    }
    if (this.used.has(state)) {
      throw new LoginRefusal('login_replayed', 'This answer of the provider was used before.');
    }
    this.used.set(state, true);
    return attempt;
  }

  /** A login that began before the secret was changed ends after it. */
  private async open(cookie: string): Promise<LoginAttempt | null> {
    const now = this.clock.now();
    for (const key of this.secretKeys) {
      const attempt = await openAttempt(cookie, key, now);
      if (attempt) return attempt;
    }
    return null;
  }

  private get secretKeys(): readonly [string, ...string[]] {
    return secretKeysOf(this.configuration.current);
  }
}
