import { aptInstall, canUseApt, lastComplaint } from './apt.mjs';
import { Failure } from './failure.mjs';
import { inRoot } from './paths.mjs';
import { capture } from './processes.mjs';

/**
 * The path of a Chromium for the tests: one that is there, or one that is installed now (by apt as
 * root on Debian, else by Playwright into the user's own cache).
 */
export async function ensureChromium(progress) {
  const { findChromium } = await import('../test/support/browser.ts');
  const present = findChromium();
  if (present) return present;
  if (process.env.CHROME_PATH) {
    throw new Failure(`CHROME_PATH names ${process.env.CHROME_PATH}, which is not there.`);
  }
  const output = await progress.step('Installing Chromium', installChromium);
  const installed = findChromium();
  if (installed) return installed;
  throw new Failure(
    `The browser tests need Chromium, and it could not be installed (${lastComplaint(output)}). Install Chromium or Chrome, or name one in CHROME_PATH.`,
    { output },
  );
}

async function installChromium() {
  if (canUseApt()) {
    const complaint = await aptInstall('chromium');
    if (complaint === undefined) return '';
  }
  const playwright = inRoot('node_modules', 'playwright-core', 'cli.js');
  const { output } = await capture(process.execPath, [playwright, 'install', 'chromium']);
  return output;
}
