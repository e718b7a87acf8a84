/**
 * What packages may be: read by the step "dependencies" of `npm run check`. Each exception has its
 * reason beside it, so that whoever meets it years later can decide again.
 */

/** SPDX ids under which anything may be used, changed or not. */
export const LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/** Packages, by name, that may have another licence. `licence` is what is found there. */
export const LICENCE_EXCEPTIONS = [
  { name: 'axe-core', licence: 'MPL-2.0', reason: 'Runs in tests only; unchanged.' },
  { name: '@axe-core/playwright', licence: 'MPL-2.0', reason: 'Runs in tests only; unchanged.' },
  {
    name: /^lightningcss(-[\w-]+)?$/,
    licence: 'MPL-2.0',
    reason: 'A build tool; unchanged, and no part of what is built.',
  },
  {
    name: 'elkjs',
    licence: 'EPL-2.0 OR GPL-3.0-or-later',
    reason: 'Lays out Mermaid’s diagrams; under EPL-2.0, unchanged, in a file of its own.',
  },
  { name: 'caniuse-lite', licence: 'CC-BY-4.0', reason: 'Data for the build; named here.' },
  { name: 'khroma', licence: null, reason: 'Its licence file is MIT; package.json lacks it.' },
  { name: 'passport-strategy', licence: null, reason: 'Its licence file is MIT.' },
  { name: 'pause', licence: null, reason: 'MIT by its readme; eight lines of code.' },
];

/**
 * Known advisories that are accepted until a day: `{ id: 'GHSA-…', reason, until: 'YYYY-MM-DD' }`.
 * After it `npm run check` fails again, so that nobody forgets.
 */
export const ACCEPTED_ADVISORIES = [];
