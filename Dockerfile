# The service alone: no embedded servers, so DATABASE_URL and AUTH_SECRET or AUTH_JWKS_URL must be given.

FROM node:24.21.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY build.ts ./
COPY migrations ./migrations
COPY src ./src
RUN node build.ts && npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:24.21.0-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
# A proxy that asks for /readyz each second has taken the process out of its list by then.
ENV SHUTDOWN_DELAY_MS=5000
# Flat memory: few arenas to keep freed memory in.
ENV MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1: it gets SIGTERM and ends as it should, which npm would not pass on.
# MiB: left to itself V8 lets the young generation of a process that serves many streams grow to 128 MiB
CMD ["node", "--enable-source-maps", "--max-semi-space-size=8", "dist/main.js"]
