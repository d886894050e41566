# One image for every process of Switchboard: `switchboard web` by default, `switchboard migrate` as a one-shot.
# It needs no writable file system. Settings come from the environment: see compose.yml.

FROM node:22-bookworm-slim AS browser
WORKDIR /build
COPY widget_js/package.json widget_js/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY widget_js ./
COPY languages /languages
RUN npm run build

FROM python:3.13-slim-bookworm AS python
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
WORKDIR /build
COPY requirements.lock ./
RUN /venv/bin/pip install --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN /venv/bin/pip install --no-deps . && /venv/bin/python -m compileall -q /venv/lib

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
ENV HOST=0.0.0.0 PORT=8000 ASSETS_DIR=/app/assets TEMPLATES_DIR=/app/templates PLANS_DIR=/app/plans LANGUAGES_DIR=/app/languages VAR_DIR=/tmp/switchboard
WORKDIR /app
COPY --from=python /venv /venv
COPY --from=browser /build/dist ./assets
COPY templates ./templates
COPY tenants ./tenants
COPY plans ./plans
COPY languages ./languages
RUN install -d -o 10001 -g 10001 /files
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
CMD ["switchboard", "web"]
