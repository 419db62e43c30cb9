"""The portal on one's own machine: `make run`."""

from portal.settings.base import *  # noqa: F403 - settings are inherited as a whole
from portal.settings.base import VAR, env

DEBUG = True
SECRET_KEY = env("SECRET_KEY", default="only-for-localhost")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
PORTAL_DEMO = True

# Mails go nowhere but into files; `make run` shows the outbox in the browser.
PORTAL_MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mails"
