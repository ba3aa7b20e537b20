# One node. Everything that it keeps is in /data, or in PostgreSQL where DATABASE_URL names one.
FROM node:22-bookworm-slim AS build
WORKDIR /rookery
COPY package.json package-lock.json ./
COPY packages packages
COPY scripts scripts
RUN node scripts/ready.mjs start

FROM node:22-bookworm-slim
WORKDIR /rookery
ENV HOST=0.0.0.0 PORT=8080 ROOKERY_DATA=/data ROOKERY_UDP=off
RUN mkdir /data && chown node:node /data
COPY --from=build /rookery /rookery
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=2s --start-period=20s \
  CMD node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
# Bun itself, so that SIGTERM reaches the server and not a shell before it.
ENTRYPOINT ["node_modules/.bin/bun", "packages/cli/main.ts"]
CMD ["serve"]
