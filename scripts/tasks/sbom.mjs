import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { softwareBill } from '../sbom.mjs';

const FILE = 'sbom.cdx.json';

/** `npm run sbom [-- FILE]`: writes the software bill of materials, from the lock file alone. */
export async function run({ args: [file = FILE], progress }) {
  const bill = await progress.step('Listing the packages', softwareBill);
  writeFileSync(resolve(file), `${JSON.stringify(bill, null, 2)}\n`);
  progress.say(`Wrote ${file}: ${bill.components.length} packages, CycloneDX ${bill.specVersion}`);
  return 0;
}
