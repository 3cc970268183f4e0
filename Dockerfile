# One image for the API, the explorer and the nightly run: `docker run ringfence serve`, `... explore`, `... nightly /incoming`.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/ringfence
ENV PATH=/opt/ringfence/bin:$PATH
WORKDIR /build
COPY requirements.lock ./
RUN pip install --require-hashes --no-deps -r requirements.lock
COPY pyproject.toml README.md ./
COPY app app
COPY cases cases
COPY database database
COPY decisions decisions
COPY detectors detectors
COPY graph graph
COPY ingest ingest
COPY ringfence_client ringfence_client
RUN pip install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 ringfence && install --directory --owner ringfence /reports /var/lib/ringfence
COPY --from=build /opt/ringfence /opt/ringfence
ENV PATH=/opt/ringfence/bin:$PATH PYTHONUNBUFFERED=1 RINGFENCE_WORK_DIR=/var/lib/ringfence HOME=/tmp
USER ringfence
WORKDIR /tmp
EXPOSE 8000 8501
ENTRYPOINT ["ringfence"]
CMD ["--help"]
