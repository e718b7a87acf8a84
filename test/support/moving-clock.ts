import { type ClockService } from '../../server/src/infrastructure/clock/clock.service.js';

/** Takes over an application's clock: time then stands still but for what a test moves it. */
export function moveTime(clock: ClockService): { forward: (ms: number) => void } {
  let nowMs = clock.nowMs();
  clock.nowMs = () => nowMs;
  clock.now = () => new Date(nowMs);
  return {
    forward: (ms) => {
      nowMs += ms;
    },
  };
}
