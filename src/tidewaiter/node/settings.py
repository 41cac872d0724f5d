"""Django's settings: a mapping of ``Config``, nothing decided twice."""

from pathlib import Path
from typing import Any

import django.conf.locale
from csp.constants import NONE, SELF
from django.utils.translation import gettext_noop

from tidewaiter.node.apps import APPS
from tidewaiter.node.config import Config
from tidewaiter.node.databases import database
from tidewaiter.node.logs import logging_settings

CONFIG = Config.load()
"""The typed configuration; apps read what Django has no name for from here."""

_HERE = Path(__file__).parent

SECRET_KEY = CONFIG.secret_key
DEBUG = False
ALLOWED_HOSTS = [
    host
    for host in {CONFIG.host, CONFIG.own_address.split("://")[1].rsplit(":", 1)[0], "localhost", *CONFIG.extra_hosts}
    if host
]

INSTALLED_APPS = [
    *(app.module for app in reversed(APPS)),
    "tidewaiter.node",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    *(["tidewaiter.node.middleware.BehindProxy"] if CONFIG.behind_proxy == "yes" else []),
    "tidewaiter.node.middleware.RequestId",
    "tidewaiter.node.middleware.LastResort",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django pads what it compresses, against guessing secrets by the length.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tidewaiter.node.middleware.PersonsLanguage",
    "tidewaiter.node.accounts.middleware.Gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "tidewaiter.node.urls"
WSGI_APPLICATION = "tidewaiter.node.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tidewaiter.node.ui.frame.frame",
            ]
        },
    }
]

DATABASES = {"default": database(CONFIG)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Three nodes on one loopback host share a cookie jar, so that each has its own names.
SESSION_COOKIE_NAME = f"tw_session_{CONFIG.administration}"
SESSION_COOKIE_AGE = CONFIG.session_hours * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CONFIG.https
CSRF_COOKIE_NAME = f"tw_csrf_{CONFIG.administration}"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = CONFIG.https
CSRF_FAILURE_VIEW = "tidewaiter.node.ui.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS = [CONFIG.own_address]
LANGUAGE_COOKIE_NAME = f"tw_language_{CONFIG.administration}"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = CONFIG.https

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if CONFIG.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.behind_proxy == "yes" else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        # Bootstrap's marks are data: images in its style sheet; blob: shows a photograph before it is sent.
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF, CONFIG.own_live_address],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = CONFIG.language
LANGUAGES = [
    ("en", gettext_noop("English")),
    ("zh-hant", gettext_noop("Traditional Chinese")),
    ("zh-hans", gettext_noop("Simplified Chinese")),
    ("pt", gettext_noop("Portuguese")),
    ("zh-hant-mo", gettext_noop("Traditional Chinese (Macao)")),
]
django.conf.locale.LANG_INFO["zh-hant-mo"] = {
    "bidi": False,
    "code": "zh-hant-mo",
    "name": "Traditional Chinese (Macao)",
    "name_local": "繁體中文（澳門）",
}
# Who asks for Macao's Chinese gets it before Hong Kong's.
django.conf.locale.LANG_INFO["zh-mo"] = {"fallback": ["zh-hant-mo", "zh-hant"]}
USE_I18N = True
USE_TZ = True
TIME_ZONE = CONFIG.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.folder / "static" if CONFIG.static == "compressed" else None
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": CONFIG.files, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if CONFIG.static == "compressed"
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = CONFIG.static == "plain"
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = CONFIG.files
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = logging_settings(CONFIG.administration, CONFIG.log_level)
