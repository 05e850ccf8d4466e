# The portal as one image: web server, worker and commands all run from it. Below it, nginx with its
# static files.
FROM python:3.11-slim-bookworm AS portal

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 \
    DEBUG=0 STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/media BIND=0.0.0.0:8000 \
    XDG_CACHE_HOME=/tmp/cache

# What the PDF engine loads. The fonts of the documents travel with the project.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal \
    && install --directory --owner portal --group portal --mode 700 /srv/media

WORKDIR /srv/portal
COPY requirements.txt .
RUN pip install --no-cache-dir --requirement requirements.txt
COPY . .
# Collecting needs settings but no secret: this key is used by nothing but this line.
RUN SECRET_KEY=collecting-static-files-needs-a-key-but-signs-nothing-at-all \
    ALLOWED_HOSTS=localhost \
    python manage.py collectstatic --noinput --verbosity 0

USER portal
VOLUME /srv/media
EXPOSE 8000
CMD ["gunicorn", "--config", "config/gunicorn.py", "--worker-tmp-dir", "/dev/shm"]

FROM nginx:1.26-bookworm AS nginx
COPY --from=portal /srv/static /srv/static
