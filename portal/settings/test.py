"""The suite. SQLite unless DATABASE_URL names another; tests/databases.py chooses the database's name."""

import os
import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403 - settings are inherited as a whole
from portal.settings.base import PORTAL_ELASTICSEARCH, env

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"portal-test-media-{os.getpid()}"
PORTAL_EMPTY_SEARCHES_FOLDER = MEDIA_ROOT / "empty-searches"
WHITENOISE_AUTOREFRESH = True
# A worker in a process of its own is given a real server.
PORTAL_MAIL_TRANSPORT = env("PORTAL_MAIL_TRANSPORT", default="django.core.mail.backends.locmem.EmailBackend")
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", env.int("PORTAL_MAIL_PORT", default=25)
# Processes that test side by side share a cluster, but no index; and a busy machine is not one that is away.
PORTAL_ELASTICSEARCH |= {"PREFIX": f"portal-test-{os.getpid()}", "SECONDS": 10.0}
