import { Failure } from './failure.mjs';
import { npm } from './npm.mjs';
import { root } from './paths.mjs';

const ASKING = [
  'sbom',
  '--sbom-format=cyclonedx',
  '--sbom-type=application',
  '--package-lock-only',
];

/**
 * The software bill of materials of this version, in CycloneDX: every package of the lock file with
 * version, hash, licence and what needs it. The same lock file gives the same bill, so that two can
 * be compared: no time, no number of its own.
 */
export async function softwareBill() {
  const { code, stdout, output } = await npm(ASKING, root);
  if (code !== 0)
    throw new Failure('npm could not make the bill of materials, see above.', { output });
  const bill = JSON.parse(stdout);
  delete bill.serialNumber;
  delete bill.metadata.timestamp;
  // npm calls it by the folder it lies in.
  bill.metadata.component.name = 'lumen';
  return bill;
}
