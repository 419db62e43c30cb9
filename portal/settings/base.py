"""What holds in every environment. Whatever differs comes from environment variables, never from a file beside this one."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from portal.settings.security import *  # noqa: F403 - settings are inherited as a whole

env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]
VAR = Path(env("PORTAL_VAR", default=str(ROOT / "var")))

INSTALLED_APPS = [
    "home",
    "mentoring",
    "matching",
    "knowledge",
    "portal.contributions",
    "search",
    "portal.notifications",
    "portal.members",
    "portal.accounts",
    "portal.topics",
    "portal.ui",
    "portal.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.table_block",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.apps.AdministrationUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "rules",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "portal.core.middleware.Health",
    "django.middleware.security.SecurityMiddleware",
    "portal.core.middleware.PageHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.core.middleware.ReaderLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.AdministrationForStaff",
    "portal.accounts.middleware.RequireSecondFactor",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
FORM_RENDERER = "portal.ui.forms.PortalRenderer"
CSRF_FAILURE_VIEW = "portal.ui.views.csrf_failure"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["portal.ui.loaders.OwnTemplates"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'portal.sqlite3'}")}
# What a process keeps of SQLite holds as long as its connection: portal.core.domain.kept.
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Deferred transactions fail with "database is locked" under parallel writers; immediate ones queue.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Pages are read where the system holds them, not copied: a search then looks at many rows a quarter faster.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;",
    }
else:
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        # A connection plans what it is asked again and again only once, for planning takes longer than most of our queries ...
        "server_side_binding": True,
        "prepare_threshold": 5,
        # ... compiles none, which takes half a second, and is told that no disk has an arm to move any more: else it reads a
        # whole table of 10,000 people to find 100.
        "options": "-c jit=off -c random_page_cost=1.1",
        **DATABASES["default"].get("OPTIONS", {}),
    }

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

# Language

LANGUAGE_CODE = "de"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("de", _("German")), ("cs", _("Czech"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [*LANGUAGES, ("en", _("English"))]
# The second completes and rewords what the apps that we build on say.
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "wagtail"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = USE_TZ = WAGTAIL_I18N_ENABLED = True
FORMAT_MODULE_PATH = "portal.formats"

# Accounts: one way in, by mail address and password (or a passkey), with a second factor where it is set up

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "portal.accounts.rules.OnlyAdministrators",
    "rules.permissions.ObjectPermissionBackend",
    # knows the permissions of groups as Django's own does
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_area"
# Without the second factor for staff, with a banner; refused outside DEBUG.
PORTAL_DEMO = False
# Whoever is added in the administration chooses a password by mail.
WAGTAILUSERS_PASSWORD_ENABLED = False
# Pictures of staff come from nowhere else.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
#: what a new account agrees to, by kind; a new text gets a new version
PORTAL_CONSENT_VERSIONS = {"privacy": "2026-11", "terms": "2026-11"}

ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Only in the browser that signed up; elsewhere the link confirms and asks to sign in.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    # the adapter's key is account and address
    "login_failed": "5/15m/key,30/h/ip",
    "reset_password": "3/h/key,20/h/ip",
    "signup": "30/h/ip",
}
ACCOUNT_FORMS = {
    "add_email": "portal.accounts.forms.ChangeEmailForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "login": "portal.accounts.forms.LoginForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
    "reset_password": "portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.ResetPasswordKeyForm",
    "set_password": "portal.accounts.forms.SetPasswordForm",
    "signup": "portal.accounts.forms.SignupForm",
}
# How many of our own proxies add to X-Forwarded-For; 0 trusts the header not at all.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PORTAL_TRUSTED_PROXIES", default=0)

MFA_ADAPTER = "portal.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "NET4DIGI"
# One step of 30 seconds to either side: telephones' clocks differ.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "portal.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "portal.accounts.forms.AddPasskeyForm",
    "authenticate": "portal.accounts.forms.SecondFactorForm",
    "edit_webauthn": "portal.accounts.forms.RenamePasskeyForm",
    "reauthenticate": "portal.accounts.forms.ConfirmSecondFactorForm",
}

# Wagtail

WAGTAIL_SITE_NAME = "NET4DIGI"
WAGTAILADMIN_BASE_URL = env("PORTAL_BASE_URL", default="http://localhost:8000")
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = (
    False
)
# One time for all: Berlin's is Prague's.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
TAGGIT_CASE_INSENSITIVE = True

# Files

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = VAR / "media"

# Mail

# Every mail goes into the outbox; the worker hands it to the transport.
EMAIL_BACKEND = "portal.notifications.backends.Outbox"
PORTAL_MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
# Seconds after which a mail that is "being sent" is taken for one whose worker died.
PORTAL_MAIL_LEASE = 300
DEFAULT_FROM_EMAIL = env("PORTAL_MAIL_FROM", default="NET4DIGI <portal@net4digi.example>")

# Search: which engine answers. "auto" takes the one that lives in the database of the portal.
PORTAL_SEARCH_ENGINE = env("PORTAL_SEARCH_ENGINE", default="auto")
# Where a search without result leaves its words until the worker counts them, and for how many days the counts are kept.
PORTAL_EMPTY_SEARCHES_FOLDER = VAR / "empty-searches"
PORTAL_EMPTY_SEARCHES_DAYS = env.int("PORTAL_EMPTY_SEARCHES_DAYS", default=365)
# Only for the engine "elasticsearch". All indices begin with PREFIX; after SECONDS the database answers instead.
PORTAL_ELASTICSEARCH = {
    "URL": env("PORTAL_ELASTICSEARCH_URL", default=""),
    "API_KEY": env("PORTAL_ELASTICSEARCH_API_KEY", default=""),
    "CA": env("PORTAL_ELASTICSEARCH_CA", default=""),
    "PREFIX": env("PORTAL_ELASTICSEARCH_PREFIX", default="portal"),
    "SECONDS": env.float("PORTAL_ELASTICSEARCH_SECONDS", default=0.6),
}
