import { LOOKS, SIZES, type WatchedPage } from './page-watch.js';

/**
 * Shows what is open in every look of this run, keeps a picture of each, and answers what axe finds
 * in them. Afterwards it is wide and light, as it was.
 */
export async function violationsInLooks(watched: WatchedPage, name: string): Promise<string[]> {
  const { page } = watched;
  const violations: string[] = [];
  for (const { theme, size } of LOOKS) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize(SIZES[size]);
    await watched.settled();
    await watched.picture(`${name}-${theme}-${SIZES[size].width}`);
    violations.push(...(await watched.violations()));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(SIZES.wide);
  return violations;
}
