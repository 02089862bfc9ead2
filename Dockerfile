# Two stages: what builds stays behind. Everything installed is named with its hash in requirements/.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements/runtime.txt requirements/build.txt requirements/
RUN python -m venv /opt/zhize \
    && /opt/zhize/bin/pip install --require-hashes --only-binary :all: -r requirements/runtime.txt \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --require-hashes --only-binary :all: -r requirements/build.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY graph/ graph/
COPY ingest/ ingest/
COPY queries/ queries/
COPY service/ service/
RUN /opt/build/bin/hatchling build -t wheel \
    && /opt/zhize/bin/pip install --no-deps --no-index dist/*.whl \
    && /opt/zhize/bin/pip uninstall --yes pip

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home zhize
COPY --from=build /opt/zhize /opt/zhize
ENV PATH=/opt/zhize/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 ZHIZE_STORE=embedded:/data/store
USER zhize
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=5 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# Beyond loopback the service wants ZHIZE_API_KEY (32 characters or more) and does not start without it.
ENTRYPOINT ["zhize"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
