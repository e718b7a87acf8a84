import { ensureProgram } from './program.mjs';

/** The path of `nginx`: NGINX_PATH, or in the PATH, or installed now by apt as root. */
export const ensureNginx = (progress) =>
  ensureProgram({ name: 'nginx', variable: 'NGINX_PATH', debianPackage: 'nginx-light' }, progress);
