# One image for every process; docker-compose.yml says which one a container runs.
FROM python:3.11-slim AS build

# An index that carries torch's CPU build. Without one, the default build brings gigabytes of CUDA.
ARG TORCH_INDEX=""
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

RUN python -m venv /opt/offerline
ENV PATH=/opt/offerline/bin:$PATH
WORKDIR /src

# The dependencies first: they change less often than the code.
COPY pyproject.toml constraints.txt ./
RUN mkdir api cli core migrations models pipelines scrapers services workers \
    && pip install ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} -c constraints.txt .
COPY . .
RUN pip install --no-deps --force-reinstall .

FROM python:3.11-slim
COPY --from=build /opt/offerline /opt/offerline
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin offerline \
    && install -d -o offerline -g offerline -m 700 /data
ENV PATH=/opt/offerline/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
USER offerline
WORKDIR /data
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "api"]
