# Lumen as a container image: `docker build -t lumen:0.1.0 .`
# docs/containers.md says how it is run; test/deploy checks what this file promises.
#
# The base image is named by its full version. Whoever builds for production adds the digest that
# `docker buildx imagetools inspect` shows for it, and mirrors it:
#   docker build --build-arg NODE_IMAGE=node:24.21.0-trixie-slim@sha256:… .
# The digest is not written here because this file was made where no registry of images can be asked.
ARG NODE_IMAGE=node:24.21.0-trixie-slim

# All packages of the lock file, and what is made with them. `npm ci` would refuse a lock file that
# lacks an optional package of another platform (scripts/npm.mjs); this installs the same versions by
# the same hashes, and scripts/run.mjs makes sure of it. No package may run a script.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm install --no-save --ignore-scripts --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/run.mjs build

# The packages that Lumen runs with, and no others.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm install --no-save --ignore-scripts --omit=dev --no-audit --no-fund

# What is run: Node, Lumen, its packages and its documentation (Help reads that). No npm.
FROM ${NODE_IMAGE} AS lumen
LABEL org.opencontainers.image.title="Lumen" \
      org.opencontainers.image.description="A self-hosted AI portal and gateway for research institutions" \
      org.opencontainers.image.version="0.1.0"
RUN rm -rf /usr/local/lib/node_modules /usr/local/include /opt/yarn-* \
      /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
      /usr/local/bin/yarn /usr/local/bin/yarnpkg
# For `lumen backup` and `lumen restore`: the major version of the PostgreSQL that the stack and the chart
# bring, which is the one of the base image's Debian. Found in the PATH before Debian's wrappers.
RUN apt-get update \
      && apt-get install --yes --no-install-recommends postgresql-client-17 \
      && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production \
    PATH=/app:/usr/local/bin:/usr/lib/postgresql/17/bin:/usr/bin:/bin \
    LUMEN_HOST=0.0.0.0 \
    PORT=5000
COPY --from=packages /app/node_modules /app/node_modules
COPY --from=build /app/server/dist /app/server/dist
COPY --from=build /app/client/dist /app/client/dist
COPY package.json package-lock.json lumen /app/
# What the launcher `lumen` is made of, and the health check.
COPY scripts/build.mjs scripts/container-health.mjs scripts/failure.mjs scripts/install.mjs \
     scripts/installed-packages.mjs scripts/lock.mjs scripts/node-runtime.mjs \
     scripts/node-version.mjs scripts/npm.mjs scripts/parent.mjs scripts/paths.mjs \
     scripts/processes.mjs scripts/progress.mjs scripts/shutdown.mjs scripts/stamp.mjs \
     /app/scripts/
COPY docs /app/docs
# config.yaml and what it names lie here, on a volume. Nothing else of the image is written to but /tmp.
WORKDIR /lumen
USER 1000:1000
EXPOSE 5000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
  CMD ["node", "/app/scripts/container-health.mjs"]
# Node is the first process and ends on SIGTERM by itself: it takes no new requests and lets streams end.
ENTRYPOINT ["node", "/app/lumen"]
CMD ["start"]
