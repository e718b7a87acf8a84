import { accessSync, constants } from 'node:fs';
import { isInstalled, markInstalled } from './installed-packages.mjs';
import { withLock } from './lock.mjs';
import { npmInstall } from './npm.mjs';
import { root } from './paths.mjs';

/** Makes `node_modules` agree with the lock file; does nothing if it does already. */
export async function install(progress) {
  if (isInstalled(root)) return;
  accessSync(root, constants.W_OK);
  const onWait = (pid) =>
    progress.say(`Waiting for process ${pid}, which is installing the packages`);
  await withLock(
    'install',
    async () => {
      if (isInstalled(root)) return;
      await progress.step('Installing the packages of package-lock.json', () =>
        npmInstall({
          directory: root,
          purpose: 'The packages could not be installed',
          remedy: 'Connect to the network and try again.',
        }),
      );
      markInstalled(root);
    },
    onWait,
  );
}
