"""The portal for everybody. It refuses to start with less than it needs; deploy/env.example names every variable."""

import os

from django.core.exceptions import ImproperlyConfigured

from portal.settings.validation import problems

if found := problems(os.environ):
    raise ImproperlyConfigured(
        "The portal does not start:\n" + "\n".join(f"- {problem}" for problem in found)
    )

from portal.settings.base import *  # noqa: F403 - settings are inherited as a whole
from portal.settings.base import CONTENT_SECURITY_POLICY, PORTAL_STAFF_POLICY, VAR, env
from portal.settings.logs import JSON_LINES

DEBUG = False
LOGGING = JSON_LINES
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# Everything over TLS, which ends at the proxy.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.int("PORTAL_TRUSTED_PROXIES") else None
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
PORTAL_STAFF_POLICY["upgrade-insecure-requests"] = True

# Names of static files carry their content, so that browsers keep them for a year.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Shared by the processes of one machine, so that rate limits count together; CACHE_URL names a server for several machines.
CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{VAR / 'cache'}")}
if "filebased" in CACHES["default"]["BACKEND"]:
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 20_000}

# The server that the worker hands mails to; what sends mails keeps writing to the outbox.
_mail_server = env.email_url("EMAIL_URL")
PORTAL_MAIL_TRANSPORT = _mail_server.pop("EMAIL_BACKEND")
vars().update(_mail_server)
EMAIL_TIMEOUT = 10
SERVER_EMAIL = env("PORTAL_MAIL_FROM")
