/**
 * Whether a Node version ("v24.21.0") satisfies a range as package.json's `engines` has it:
 * alternatives of `^x.y.z` and `>=x.y.z`, joined by `||`.
 */
export function satisfies(version, range) {
  const actual = numbers(version);
  return range.split('||').some((alternative) => {
    const [, operator, wanted] = /^(\^|>=)(\d+\.\d+\.\d+)$/.exec(alternative.trim()) ?? [];
    if (!operator)
      throw new Error(`engines.node: "${alternative.trim()}" is not ^x.y.z or >=x.y.z`);
    const least = numbers(wanted);
    return isAtLeast(actual, least) && (operator === '>=' || actual[0] === least[0]);
  });
}

/** The lowest version that `range` names: what to tell people to install. */
export const lowest = (range) => /\d+\.\d+/.exec(range)[0];

const numbers = (version) => version.replace(/^v/, '').split('-')[0].split('.').map(Number);

function isAtLeast(actual, least) {
  const differing = least.findIndex((part, i) => actual[i] !== part);
  return differing === -1 || actual[differing] > least[differing];
}

/**
 * The package in a lock file that brings a Node binary for this platform: `{ name, version, binary }`
 * with `binary` relative to the package, or undefined if there is none.
 */
export function nodePackageFor(lock, platform, arch) {
  const prefix = 'node_modules/';
  const suits = (value, wanted) => [value].flat().includes(wanted);
  const found = Object.entries(lock.packages).find(
    ([, entry]) => entry.bin?.node && suits(entry.os, platform) && suits(entry.cpu, arch),
  );
  if (!found) return undefined;
  const [path, entry] = found;
  return { name: path.slice(prefix.length), version: entry.version, binary: entry.bin.node };
}
