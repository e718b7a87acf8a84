import { readFileSync } from 'node:fs';
import { LICENCE_EXCEPTIONS, LICENCES } from './dependency-rules.mjs';
import { inRoot } from './paths.mjs';

const readJson = (...path) => JSON.parse(readFileSync(inRoot(...path), 'utf8'));

/** What is wrong with the packages of the lock files, offline: one line each. */
export function dependencyProblems() {
  const { allowScripts } = readJson('package.json');
  return [
    readJson('package-lock.json'),
    readJson('scripts', 'runtime', 'package-lock.json'),
  ].flatMap((lock) => [...licenceProblems(lock), ...scriptProblems(lock, allowScripts)]);
}

/** Every package has a licence that the rules name. */
export function licenceProblems(lock, licences = LICENCES, exceptions = LICENCE_EXCEPTIONS) {
  const isNamed = (rule, name) => (typeof rule === 'string' ? rule === name : rule.test(name));
  return packagesOf(lock)
    .filter(({ name, license = null }) => {
      const isExcepted = exceptions.some(
        (rule) => isNamed(rule.name, name) && rule.licence === license,
      );
      return !isExcepted && !(license !== null && isAllowed(license, licences));
    })
    .map(
      ({ name, version, license }) =>
        `${name}@${version} has the licence ${license ?? '(none)'}. Use another package, or add it to scripts/dependency-rules.mjs with the reason.`,
    );
}

/** A package with a script at its installation is one somebody has decided about. */
export function scriptProblems(lock, allowScripts) {
  return packagesOf(lock)
    .filter(({ name, hasInstallScript }) => hasInstallScript && !Object.hasOwn(allowScripts, name))
    .map(
      ({ name, version }) =>
        `${name}@${version} wants to run a script when it is installed. Look at it and add the package to "allowScripts" of package.json, with false if it works without.`,
    );
}

/** `MIT`, `(MIT OR GPL-3.0)`, `MIT AND Zlib`: of alternatives one must be allowed, else all. */
export function isAllowed(expression, licences) {
  const plain = expression.replaceAll(/[()]/g, '');
  return plain
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((id) => licences.includes(id.trim())));
}

function packagesOf({ packages }) {
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, found]) => ({ name: nameAt(path, found), ...found }));
}

const nameAt = (path, { name }) => name ?? path.slice(path.lastIndexOf('node_modules/') + 13);
