# One image, one data volume, no root. The key file lives in a volume of its own.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts
COPY scripts ./scripts
COPY src ./src
RUN node scripts/build.ts

FROM node:24-slim
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
RUN mkdir -p /data /keys && chown node:node /data /keys
USER node
ENV MALLOC_ARENA_MAX=2 GUILDHALL_DATA=/data/hub GUILDHALL_KEYS=/keys/guildhall.keys GUILDHALL_HOST=0.0.0.0
VOLUME ["/data", "/keys"]
EXPOSE 4400
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:4400/healthz').then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "--expose-gc", "--heap-growing-percent=20", "dist/main.js"]
CMD ["start", "--empty"]
