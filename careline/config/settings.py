"""Django's settings, all from the environment (docs/reference/environment.md); nothing here is edited by hand."""

import os
from pathlib import Path

from careline.config.addresses import public_url
from careline.config.database import database_settings
from careline.kit.keys import ring

BASE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("CARELINE_DATA", "careline-data")).absolute()
DEMO = os.environ.get("CARELINE_DEMO") in ("1", "open")
TEST_CLOCK = os.environ.get("CARELINE_TEST_CLOCK") == "1"
PUBLIC_URL = public_url(DATA)
SMTP_URL = os.environ.get("CARELINE_SMTP_URL", "")
# Networks of our own that webhooks may reach; every other private address is refused.
WEBHOOK_NETWORKS = os.environ.get("CARELINE_WEBHOOK_NETWORKS", "").replace(",", " ").split()

DEBUG = False
SECRET_KEY = ring().derive("django").hex()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", PUBLIC_URL.split("://", 1)[-1].split(":")[0].split("/")[0]]
if os.environ.get("CARELINE_DEMO") == "open":
    # Asked for by `careline demo --host`. A demo on this machine alone has no password either, and a page elsewhere
    # whose name leads here (DNS rebinding) must not get in by it.
    ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# The order of the floors: who stands lower comes first.
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "careline.domain.history",
    "careline.domain.calendars",
    "careline.domain.files",
    "careline.domain.idempotency",
    "careline.domain.company",
    "careline.domain.staff",
    "careline.domain.customers",
    "careline.domain.channels",
    "careline.domain.conversations",
    "careline.domain.approvals",
    "careline.domain.knowledge",
    "careline.domain.sla",
    "careline.domain.routing",
    "careline.domain.triggers",
    "careline.domain.chats",
    "careline.domain.forms",
    "careline.domain.orders",
    "careline.domain.complaints",
    "careline.domain.requests",
    "careline.domain.surveys",
    "careline.domain.followups",
    "careline.domain.loyalty",
    "careline.domain.notifications",
    "careline.domain.webhooks",
    "careline.domain.outreach",
    "careline.domain.desk",
    "careline.domain.reports",
    "careline.entrypoints.web",
    "django_htmx",
    "django_prose_editor",
]

MIDDLEWARE = [
    "careline.entrypoints.web.headers.SecurityHeaders",
    "careline.entrypoints.web.compression.Compressed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "careline.entrypoints.portal.own_origins.OwnOrigins",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

ROOT_URLCONF = "careline.config.urls"
WSGI_APPLICATION = "careline.config.wsgi.application"
DATABASES = {"default": database_settings(os.environ.get("CARELINE_DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.Agent"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login"
SESSION_ENGINE = "careline.kit.sessions"
SESSION_COOKIE_NAME = "careline"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_NAME = "careline_csrf"
CSRF_FAILURE_VIEW = "careline.entrypoints.web.errors.forged"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [BASE / "entrypoints" / door / "templates" for door in ("web", "portal")],
        "OPTIONS": {"environment": "careline.entrypoints.web.jinja.environment"},
    },
]

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
# Only those we have words in: with others, Django's own words would stand among ours in two languages on one page.
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")]
LOCALE_PATHS = [BASE / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE / "entrypoints" / "portal" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# A mail with attachments is handed in whole; more than this is refused with one clear sentence.
DATA_UPLOAD_MAX_MEMORY_SIZE = 70 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
SILENCED_SYSTEM_CHECKS = ["models.W042"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"tokens": {"()": "careline.config.logs.WithoutTokens"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]}},
    # A caller's mistake is told to the caller; Django would write a warning for each.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("CARELINE_LOG", "WARNING")},
}
