const LOOK_EVERY_MS = 10;
const LONGEST_WAIT_MS = 20_000;

/** Resolves as soon as something is so; rejects when it does not come about. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  longestMs = LONGEST_WAIT_MS,
): Promise<void> {
  const deadline = Date.now() + longestMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Not so within ${longestMs} ms: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
