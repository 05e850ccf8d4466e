"""All settings of the portal, each read from the environment or fixed here."""

from pathlib import Path
from urllib.parse import urlsplit

import jinja2
from csp.constants import NONE, SELF

from config.environment import (
    read_choice,
    read_database,
    read_decimal,
    read_endpoint,
    read_flag,
    read_hosts,
    read_mail,
    read_number,
    read_origins,
    read_path,
    read_secret,
    read_years,
)
from config.logs import describe_logs

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = read_flag("DEBUG", default=True)
SECRET_KEY = read_secret(
    "SECRET_KEY",
    default="only-for-a-checkout-on-one-machine-never-for-a-public-site" if DEBUG else "",
)
ALLOWED_HOSTS = read_hosts(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else []
)
CSRF_TRUSTED_ORIGINS = read_origins("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "budgets",
    "disclosures",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
]

MIDDLEWARE = [
    "config.logs.name_request",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.views.refuse_features",
    "disclosures.public.syndication.SharingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.views.refuse_null",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "budgets.audit.remember_address",
    "disclosures.workplace.accounts.login_gate.LoginGate",
]
if not DEBUG:
    MIDDLEWARE.insert(2, "whitenoise.middleware.WhiteNoiseMiddleware")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    # Draws the document alone, which asks for it by name.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "trim_blocks": True,
            "lstrip_blocks": True,
            "undefined": jinja2.StrictUndefined,
        },
    },
]

DATABASES = {"default": read_database("DATABASE_URL", base=BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = ["disclosures.workplace.accounts.password_work.PasswordHasher"]
DJANGO_RULES = "django.contrib.auth.password_validation"
OWN_RULES = "disclosures.workplace.accounts.passwords"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{OWN_RULES}.LengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": f"{OWN_RULES}.KindsValidator"},
    {"NAME": f"{DJANGO_RULES}.UserAttributeSimilarityValidator"},
    {"NAME": f"{DJANGO_RULES}.CommonPasswordValidator"},
    {"NAME": f"{DJANGO_RULES}.NumericPasswordValidator"},
]

# The second step of a login, for the people of the bureau and the system's administrators.
TWO_FACTOR_REQUIRED = read_flag("TWO_FACTOR_REQUIRED", default=not DEBUG)
# In each app's list, and in the picture that sets one up: the shorter, the coarser its squares.
OTP_TOTP_ISSUER = "预算工作台"

# Background work waits in the database itself; `run_worker` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What the fonts of the printed document lack, for the check that every character can be printed.
MISSING_GLYPHS = "disclosures.publishing.pdf.fonts.missing_glyphs"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
# The words of the field in place of some of the framework's.
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_TZ = True

# The province's tables and notes, by the first year that each holds for.
TABLE_SETS = read_years("TABLE_SETS", default="xinjiang")

STATIC_URL = "/static/"
STATIC_ROOT = read_path("STATIC_ROOT", default=BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
# Only copies that the portal makes, served by nothing; what people sent is in the database.
MEDIA_ROOT = read_path("MEDIA_ROOT", default=BASE_DIR / "media")
# The largest workbook that a clerk may upload; beyond 50 MB the reader itself refuses.
UPLOAD_LARGEST_MB = read_number("UPLOAD_LARGEST_MB", default=10)
# What the examination of one workbook may take: seconds of the processor, and memory.
EXAMINATION_SECONDS = read_number("EXAMINATION_SECONDS", default=20, least=1)
EXAMINATION_MEMORY_MB = read_number("EXAMINATION_MEMORY_MB", default=1024, least=256)
# How long workbooks are kept that were not imported, and how much of them: of a budget, over all.
UPLOADS_KEPT_DAYS = read_number("UPLOADS_KEPT_DAYS", default=30, least=1)
UPLOADS_KEPT_MB = read_number("UPLOADS_KEPT_MB", default=100, least=50)
UPLOADS_KEPT_TOTAL_MB = read_number("UPLOADS_KEPT_TOTAL_MB", default=5000, least=50)
# An expenditure sheet on the screen sends nine fields a row; longer ones come as a workbook.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 30_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# From where on a change against last year is called large: both limits must be reached.
LARGE_CHANGE_RATE = read_decimal("LARGE_CHANGE_RATE", default="30")
LARGE_CHANGE_WAN = read_decimal("LARGE_CHANGE_WAN", default="1")
# Painted pictures are kept on disk; on a checkout a change is seen at once.
KEEP_PICTURES = read_flag("KEEP_PICTURES", default=not DEBUG)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Of 40 to 170 KB each, for all processes together.
    "pictures": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": MEDIA_ROOT / "pictures",
        "OPTIONS": {"MAX_ENTRIES": 4000},
    },
}
# Without a mail server notices stay in the workplace. It is never waited for while a page is made.
MAIL = read_mail("EMAIL_URL", sender="MAIL_FROM")
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.use_tls, MAIL.use_ssl
DEFAULT_FROM_EMAIL = MAIL.sender
EMAIL_TIMEOUT = 10
SITE_URL = next(iter(read_origins("SITE_URL")), "")
# The site's own name, whatever a visitor calls it.
SITE_HOST = urlsplit(SITE_URL).hostname or ALLOWED_HOSTS[0].lstrip(".")

# What the health page looks at outside the database, and what a program says to read it.
BACKUP_FOLDER = read_path("BACKUP_FOLDER")
CERTIFICATE_AT = read_endpoint("CERTIFICATE_AT")
MONITOR_TOKEN = read_secret("MONITOR_TOKEN", default=None)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# The public site sets no cookie; those of the workplace are confined to its path.
SESSION_COOKIE_PATH = "/admin/"
CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "disclosures.workplace.accounts.login_gate.answer_stale_form"
# A login ends after so long without a click, when the browser is closed, or after twelve hours.
SESSION_COOKIE_AGE = 60 * read_number("IDLE_MINUTES", default=30, least=1)
SESSION_TOUCH = min(60, SESSION_COOKIE_AGE // 10)
SESSION_LONGEST = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE = read_flag("HTTPS_ONLY", default=not DEBUG)
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_SSL_HOST = urlsplit(SITE_URL).netloc or SITE_HOST
# Probes speak plain HTTP from inside; nginx passes none of them on but the first.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^healthz/"]
SECURE_HSTS_SECONDS = read_number("HSTS_SECONDS", default=31_536_000) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
# Preloading promises for a whole domain; the cache of pictures lies where only our copies lie.
SILENCED_SYSTEM_CHECKS = ["security.W021", "caches.W002"]
if read_flag("TRUST_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUST_FORWARDED_FOR = read_flag("TRUST_FORWARDED_FOR", default=False)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

LOGGING = describe_logs(read_choice("LOG_FORMAT", choices=("TEXT", "JSON"), default="TEXT")) | {
    "loggers": {
        # Without this, Django's own handlers say everything a second time.
        "django": {"handlers": []},
        # The queue tells of every wake; what was done is told by whoever did it.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        # The PDF engine reports every page as news.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
    },
    "root": {
        "handlers": ["stderr"],
        "level": read_choice(
            "LOG_LEVEL", choices=("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO"
        ),
    },
}
