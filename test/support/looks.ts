import { LOOKS, SIZES, type WatchedPage } from './page-watch.js';

/** The narrowest window that pages are for. */
const NARROWEST = { width: 320, height: 640 };
/** Higher than this no picture is of use to anybody. */
const HIGHEST_PICTURE = 4_000;

/**
 * Shows what is open in every look of this run, keeps a picture of each, and answers what axe finds
 * in them. Afterwards it is wide and light, as it was.
 */
export async function violationsInLooks(watched: WatchedPage, name: string): Promise<string[]> {
  const { page } = watched;
  const violations: string[] = [];
  for (const { theme, size } of LOOKS) {
    const look = `${theme}-${SIZES[size].width}`;
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize(SIZES[size]);
    await watched.settled();
    await watched.picture(`${name}-${look}`);
    violations.push(...(await watched.violations()).map((each) => `${look}: ${each}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(SIZES.wide);
  return violations;
}

/**
 * The same of a page of the consoles, with its whole column in the picture; and what stands out to
 * the side of the narrowest window, of which nothing may.
 */
export async function faultsInLooks(watched: WatchedPage, name: string): Promise<string[]> {
  const { page } = watched;
  const faults: string[] = [];
  for (const { theme, size } of LOOKS) {
    const look = `${theme}-${SIZES[size].width}`;
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize(SIZES[size]);
    await watched.settled();
    const height = SIZES[size].height + (await page.evaluate(hiddenBelow));
    await page.setViewportSize({ ...SIZES[size], height: Math.min(height, HIGHEST_PICTURE) });
    await watched.settled();
    await watched.picture(`${name}-${look}`);
    faults.push(...(await watched.violations()).map((each) => `${look}: ${each}`));
    await page.setViewportSize(SIZES[size]);
    await watched.settled();
    faults.push(...(await page.evaluate(cutOff)).map((each) => `${look}: ${each}`));
  }
  await page.setViewportSize(NARROWEST);
  await watched.settled();
  faults.push(...(await page.evaluate(outstanding)).map((each) => `320 pixels: ${each}`));
  faults.push(...(await faultsInLargeText(watched, name)));
  faults.push(...(await faultsOnPaper(watched)));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(SIZES.wide);
  return faults;
}

/** What stands out to the side for somebody whose browser is set to letters of twice the size. */
export async function faultsInLargeText(watched: WatchedPage, name: string): Promise<string[]> {
  const { page } = watched;
  const faults: string[] = [];
  await watched.setTextSize(2);
  for (const size of ['wide', 'phone'] as const) {
    await page.setViewportSize(SIZES[size]);
    await watched.settled();
    const look = `large-text-${SIZES[size].width}`;
    await watched.picture(`${name}-${look}`);
    faults.push(...(await page.evaluate(outstanding)).map((each) => `${look}: ${each}`));
  }
  await watched.setTextSize(1);
  return faults;
}

/** What would be missing on paper, where nothing scrolls. */
export async function faultsOnPaper({ page }: WatchedPage): Promise<string[]> {
  await page.emulateMedia({ media: 'print' });
  const faults = await page.evaluate(cutOffOnPaper);
  await page.emulateMedia({ media: null });
  return faults.map((each) => `on paper: ${each}`);
}

/** Runs in the page: how much of its column is scrolled out of sight. */
function hiddenBelow(): number {
  const column = document.querySelector('.page');
  return column === null ? 0 : column.scrollHeight - column.clientHeight;
}

/** Runs in the page: whether somebody can come to all of it, and sees where they are. */
function cutOff(): string[] {
  const main = document.querySelector('main')!;
  const heading = main.querySelector('h1:not(.sr-only)');
  return [
    ...(main.scrollHeight > main.clientHeight
      ? ['what is further down cannot be scrolled to']
      : []),
    ...(heading === null || heading.clientWidth < 48 ? ['its heading has no room'] : []),
  ];
}

/** Runs in the page: what does not flow on to the next sheet, and what is of no use there. */
function cutOffOnPaper(): string[] {
  const all = document.querySelectorAll('main, main > *, .page, .scroll, .twin, .thoughts');
  const boxes = [...all].filter((box) => box.checkVisibility());
  const ends = boxes.map((box) => box.getBoundingClientRect().bottom + scrollY);
  const isWhole = Math.max(...ends) < document.documentElement.scrollHeight + 1;
  const inner = boxes.filter((box) => box.scrollHeight > box.clientHeight + 1);
  const nav = document.querySelector('mat-sidenav')!;
  return [
    ...inner.map((box) => `${box.tagName} ${box.className} is cut off`),
    ...(isWhole ? [] : ['the document ends before the page']),
    ...(nav.clientHeight > 0 ? ['the sidebar is in the way'] : []),
  ];
}

/** Runs in the page: what makes it, or its column, scroll sideways. */
function outstanding(): string[] {
  const boxes = [document.documentElement, ...document.querySelectorAll('.page')];
  /** Whether it scrolls, or is cut off, in something of its own. */
  const isHeld = (one: Element, box: Element): boolean => {
    const { parentElement: outer } = one;
    if (outer === null || outer === box) return false;
    return getComputedStyle(outer).overflowX !== 'visible' || isHeld(outer, box);
  };
  return boxes
    .filter((box) => box.scrollWidth > box.clientWidth)
    .flatMap((box) => {
      const edge = box.getBoundingClientRect().right;
      const wide = [...box.querySelectorAll('*')].filter(
        (one) => one.getBoundingClientRect().right > edge + 1 && !isHeld(one, box),
      );
      const names = wide.map((one) => `${one.tagName} ${one.textContent.slice(0, 40)}`);
      return [`${box.tagName} scrolls sideways`, ...names.slice(-5)];
    });
}
