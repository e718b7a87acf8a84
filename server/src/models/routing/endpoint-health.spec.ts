import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EndpointHealth } from './endpoint-health.js';

const terms = { ejection: { failures: 3, cooldownMs: 10, maxCooldownMs: 35 } };

/** An endpoint, a clock, and what can happen to them. */
class Story {
  readonly health = new EndpointHealth();
  private nowMs = 1000;

  /**
   * `f` a request fails, `s` is served, `n` says nothing; `T` one begins; `F`, `S`, `N` what began as a
   * trial ends so; `x` a probe fails, `o` succeeds; a number: so many milliseconds pass.
   */
  tell(steps: string): string {
    for (const step of steps.split(' ').filter(Boolean)) this.take(step);
    const untilMs = this.health.ejectedUntilMs;
    const left = untilMs === null ? '' : ` ${untilMs - this.nowMs}`;
    return `${this.health.statusAt(this.nowMs)}${left}`;
  }

  get isUsable(): boolean {
    return this.health.isUsable(this.nowMs);
  }

  private take(step: string): void {
    const { health, nowMs } = this;
    const outcomes = { f: 'failed', s: 'served', n: 'neither' } as const;
    const outcome = outcomes[step.toLowerCase() as 'f'];
    if (outcome) health.ended(outcome, step !== step.toLowerCase(), nowMs, terms);
    else if (step === 'T') health.use();
    else if (step === 'x' || step === 'o') health.probed(step === 'o', nowMs, terms);
    else this.nowMs += Number(step);
  }
}

describe('EndpointHealth', () => {
  it.each([
    ['is used until proven bad', '', 'healthy'],
    ['stands fewer failures than the limit', 'f f', 'healthy'],
    ['is left out after so many in a row', 'f f f', 'ejected 10'],
    ['counts only those in a row', 'f f s f f', 'healthy'],
    ['does not count what says nothing', 'f n f n n', 'healthy'],
    ['does not clear the count by what says nothing', 'f n f n f', 'ejected 10'],
    ['stays out until the cool-down is over', 'f f f 9', 'ejected 1'],
    ['is tried after it', 'f f f 10', 'trial 0'],
    ['is tried by one at a time', 'f f f 10 T', 'trial 0'],
    ['works again after a trial that is served', 'f f f 10 T S', 'healthy'],
    ['is left out twice as long after one that fails', 'f f f 10 T F', 'ejected 20'],
    ['is left out ever longer, up to the cap', 'f f f 10 T F 20 T F', 'ejected 35'],
    ['is never left out for longer', 'f f f 10 T F 20 T F 35 T F', 'ejected 35'],
    ['begins anew after a success', 'f f f 10 T F 20 T S f f f', 'ejected 10'],
    ['needs all failures again after a success', 'f f f 10 T S f f', 'healthy'],
    ['is tried by the next where the caller of a trial left', 'f f f 10 T N', 'trial 0'],
    ['is not judged by what began before the ejection', 'f f f f s f', 'ejected 10'],
    ['is not judged by it during a trial either', 'f f f 10 T s f', 'trial 0'],
    ['is left out by probes alone', 'x x x', 'ejected 10'],
    ['is left out by both together', 'x f x', 'ejected 10'],
    ['counts probes in a row', 'x x o x x', 'healthy'],
    ['does not forget failed requests because it lists models', 'f f o f', 'ejected 10'],
    ['forgets failed probes because it serves', 'x x s x x', 'healthy'],
    ['works again when probes alone had left it out', 'x x x 3 o', 'healthy'],
    ['is tried early once probes that failed succeed', 'f f x 3 o', 'trial 0'],
    ['is not tried early by probes that never failed', 'f f f 3 o', 'ejected 7'],
    ['is left out again by a probe instead of a trial', 'f f f 10 x', 'ejected 20'],
    ['is left to the trial that is under way', 'f f f 10 T x', 'trial 0'],
    ['is left to the trial, also by a good probe', 'f f x 10 T o', 'trial 0'],
    ['is not left out for longer by probes meanwhile', 'f f f 3 x', 'ejected 7'],
  ])('%s: %s', (_name, steps, expected) => {
    expect(new Story().tell(steps)).toBe(expected);
  });

  it('tells of each change once', () => {
    const health = new EndpointHealth();
    const fails = (isTrial = false) => health.ended('failed', isTrial, 0, terms);
    expect([fails(), fails(), fails(), fails()]).toEqual([null, null, 'ejected', null]);
    health.use();
    expect(fails(true)).toBeNull();
    health.use();
    expect(health.ended('served', true, 40, terms)).toBe('recovered');
    expect(health.ended('served', false, 40, terms)).toBeNull();
    expect(health.consecutiveFailures).toBe(0);
  });

  it('lets at most one request through until it is served, whatever happens', () => {
    const step = fc.constantFrom('f', 's', 'n', 'x', 'o', '1', '7', '20', 'begin', 'F', 'S', 'N');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const story = new Story();
        let isTrialUnderWay = false;
        for (const each of steps) {
          if (each === 'begin') {
            if (story.isUsable && story.health.use()) {
              expect(isTrialUnderWay).toBe(false);
              isTrialUnderWay = true;
            }
          } else if ('FSN'.includes(each)) {
            if (isTrialUnderWay) story.tell(each);
            isTrialUnderWay = false;
          } else story.tell(each);
          expect(story.health.isOnTrial).toBe(isTrialUnderWay);
          if (isTrialUnderWay) expect(story.isUsable).toBe(false);
          if (story.health.ejectedUntilMs === null) expect(story.isUsable).toBe(true);
        }
      }),
    );
  });
});
