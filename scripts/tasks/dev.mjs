import { existsSync, mkdirSync, readFileSync, watch } from 'node:fs';
import { build, forgetBuild, watchCommand } from '../build.mjs';
import { ensureConfig, loadDotEnv } from '../config-file.mjs';
import { ensureEchoIfUsed } from '../echo.mjs';
import { install } from '../install.mjs';
import { inRoot } from '../paths.mjs';
import { startNode, stopChildren } from '../processes.mjs';
import { publicAddress, readServerSettings, startServer, untilReady } from '../server-process.mjs';

const SERVER_OUTPUT = inRoot('server', 'dist');
const CLIENT_OUTPUT = inRoot('client', 'dist');
const CLIENT_PAGE = inRoot('client', 'dist', 'browser', 'index.html');

/** A compiler writes many files; the server starts anew when it has been quiet for this long. */
const QUIET_MS = 300;

/** A developer does not wait for open streams to end. */
const GRACE_MS = 1_500;

/** `npm run dev`: the server starts anew and the client is built anew whenever a source changes. */
export async function run({ progress }) {
  await install(progress);
  await build(['server'], progress);
  loadDotEnv();
  ensureConfig(progress);
  // The compilers write over what was built; the next `npm start` builds again.
  forgetBuild(['server', 'client']);
  const compilers = ['server', 'client'].map((part) => startNode(watchCommand(part)));
  const echo = await ensureEchoIfUsed(progress);
  await startAnewOnChanges(progress);
  const children = echo ? [...compilers, echo] : compilers;
  const { code } = await Promise.race(children.map((child) => child.ended));
  await stopChildren(GRACE_MS);
  return code || 1;
}

/** The server, of which there is one at a time; one that has died waits for the next change. */
async function startAnewOnChanges(progress) {
  const settings = await readServerSettings();
  let child;
  let page;
  const start = async () => {
    if (child) await stopChildren(GRACE_MS, [child]);
    page = clientPage();
    child = startServer(['--enable-source-maps']);
    void untilReady(child, settings).then((isReady) => {
      if (isReady) progress.say(`Lumen is ready at ${publicAddress(settings)}`);
    });
  };
  let starting = start();
  const startAnew = () => (starting = starting.then(start));
  whenQuiet(SERVER_OUTPUT, (file) => file.endsWith('.js'), startAnew);
  // The server reads the client's page and the list of its files when it starts. The page names the
  // others by their hashes, so that it changes whenever one of them does.
  const isFile = () => true;
  whenQuiet(CLIENT_OUTPUT, isFile, () => ![undefined, page].includes(clientPage()) && startAnew());
}

const clientPage = () => (existsSync(CLIENT_PAGE) ? readFileSync(CLIENT_PAGE, 'utf8') : undefined);

/** Calls `act` when files in `folder` that `isMeant` have changed, and then none for a while. */
function whenQuiet(folder, isMeant, act) {
  mkdirSync(folder, { recursive: true });
  let timer;
  watch(folder, { recursive: true }, (event, file) => {
    if (!isMeant(file ?? '')) return;
    clearTimeout(timer);
    timer = setTimeout(act, QUIET_MS);
  });
}
