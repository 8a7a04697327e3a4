"""Django's settings, derived from the Environment alone; nothing insecure is a default."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from kap_clinic.keys.django_secret import secret_key

from .databases import django_databases
from .environment import read_environment
from .mail import django_mail

ENVIRONMENT = read_environment()
SOURCE = Path(__file__).resolve().parents[2]

SECRET_KEY = secret_key(ENVIRONMENT.home)
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.origin]
ROOT_URLCONF = "kap_clinic.config.urls"
WSGI_APPLICATION = "kap_clinic.config.wsgi.application"

INSTALLED_APPS = [
    "kap_clinic.website",
    "kap_clinic.database",
    "kap_clinic.organizations",
    "kap_clinic.accounts",
    "kap_clinic.audit",
    "kap_clinic.keys",
    "kap_clinic.people",
    "kap_clinic.client_links",
    "kap_clinic.cases",
    "kap_clinic.on_call",
    "kap_clinic.screening",
    "kap_clinic.measures",
    "kap_clinic.protocols",
    "kap_clinic.plans",
    "kap_clinic.integration",
    "kap_clinic.outcomes",
    "kap_clinic.dosing_day",
    "kap_clinic.orders",
    "kap_clinic.pharmacy",
    "kap_clinic.demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kap_clinic.accounts.doors.OutsideForSignIn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kap_clinic.accounts.lock.LockIdleSessions",
    "kap_clinic.website.refusals.ExplainRefusals",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "kap_clinic.website.forms.PaperRenderer"


# Pages, jobs and streams connect as the app role; migrations, and nothing else, as the owner.
DATABASES = django_databases(ENVIRONMENT)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
KAP_STANDING = "kap_clinic.accounts.standing.standing_of"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "kap_clinic.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
# Many people share a clinic's one address; a single account is guarded by its own, lower count.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/5m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.behind_proxy else 0
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "kap_clinic.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "login_webauthn": "kap_clinic.accounts.passkey_forms.PasskeyAtTheDoor",
    "authenticate_webauthn": "kap_clinic.accounts.passkey_forms.PasskeyAfterPassword",
    "reauthenticate_webauthn": "kap_clinic.accounts.passkey_forms.PasskeyAgain",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "OpenKAP"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_ENGINE = "kap_clinic.accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=24).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "kap_session"
CSRF_COOKIE_NAME = "kap_csrf"
CSRF_FAILURE_VIEW = "kap_clinic.website.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.origin.startswith("https://")
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, ENVIRONMENT.stream_origin],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

CACHES = {
    "default": {
        "BACKEND": "kap_clinic.accounts.throttle.ThrottleCache",
        "LOCATION": "django_cache",
        # The worker clears what is over; nothing that still counts is ever dropped to make room.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# Each app's jobs stand in its jobs.py; the worker finds them there.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# A record that is brought in is held in memory: never in a file that nobody sealed.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [SOURCE / "kap_clinic" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]

for _name, _value in django_mail(ENVIRONMENT).items():
    globals()[_name] = _value

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "kap_clinic.config.logs.LineWithoutPeople"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": "INFO"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "django.request": {"handlers": ["out"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["out"], "level": "WARNING", "propagate": False},
    },
}

# Chains beside the trail: each proof of the trail checks them too.
CHAINS = [
    "kap_clinic.cases.chains.CASES",
    "kap_clinic.screening.chains.SIGNATURES",
    "kap_clinic.screening.chains.OVERRIDES",
    "kap_clinic.plans.chains.PLANS",
    "kap_clinic.orders.chains.ORDERS",
    "kap_clinic.pharmacy.chains.SAFES",
    "kap_clinic.dosing_day.chains.SESSIONS",
    "kap_clinic.integration.chains.NOTES",
]
