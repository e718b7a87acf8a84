/** Frames of the spinner on a terminal. */
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 120;

/** How often a log (not a terminal) is told that a long step still runs. */
const HEARTBEAT_MS = 30_000;

const seconds = (ms) => `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`;

/**
 * Tells the person what is being done: on a terminal one live line for the steps that run, elsewhere
 * a plain line at the beginning and the end of each. Steps may run beside each other.
 */
export function createProgress(stream = process.stdout) {
  const isLive = Boolean(stream.isTTY) && process.env.TERM !== 'dumb';
  const line = isLive ? liveLine(stream) : heartbeat(stream);
  return {
    /** Runs `work` as a step called `label`; answers what it answers. */
    async step(label, work) {
      const startedAt = performance.now();
      line.add(label, startedAt);
      try {
        const result = await work();
        line.remove(label);
        stream.write(`${isLive ? '✓ ' : ''}${label}: ${seconds(performance.now() - startedAt)}\n`);
        return result;
      } catch (error) {
        line.remove(label);
        stream.write(
          `${isLive ? '✗ ' : ''}${label}: failed after ${seconds(performance.now() - startedAt)}\n`,
        );
        throw error;
      }
    },
    /** Prints one line. */
    say(text) {
      line.clear();
      stream.write(`${text}\n`);
    },
  };
}

function liveLine(stream) {
  const running = new Map();
  let timer;
  let frame = 0;
  const clear = () => stream.write('\r\x1b[2K');
  const draw = () => {
    const steps = [...running].map(
      ([label, startedAt]) => `${label} ${Math.round((performance.now() - startedAt) / 1000)} s`,
    );
    const text = `${FRAMES[frame++ % FRAMES.length]} ${steps.join(' · ')}`;
    clear();
    stream.write(text.slice(0, (stream.columns ?? 80) - 1));
  };
  return {
    clear,
    add(label, startedAt) {
      running.set(label, startedAt);
      timer ??= setInterval(draw, FRAME_MS).unref();
    },
    remove(label) {
      running.delete(label);
      clear();
      if (running.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}

function heartbeat(stream) {
  const timers = new Map();
  return {
    clear: () => undefined,
    add(label, startedAt) {
      stream.write(`${label} …\n`);
      const tell = () =>
        stream.write(`${label} … ${Math.round((performance.now() - startedAt) / 1000)} s\n`);
      timers.set(label, setInterval(tell, HEARTBEAT_MS).unref());
    },
    remove(label) {
      clearInterval(timers.get(label));
      timers.delete(label);
    },
  };
}
