"""Production starts with a complete and safe environment, and with no other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings.validation import problems

ROOT = Path(__file__).resolve().parents[3]
COMPLETE = {
    "SECRET_KEY": "".join(chr(ord("a") + n % 26) for n in range(60)),
    "ALLOWED_HOSTS": "portal.example.org,www.example.org",
    "PORTAL_BASE_URL": "https://portal.example.org",
    "PORTAL_MAIL_FROM": "Portal <portal@example.org>",
    "PORTAL_TRUSTED_PROXIES": "1",
    "DATABASE_URL": "postgres://portal:secret@db:5432/portal",
    "EMAIL_URL": "smtp+tls://user:secret@mail:587",
}


def test_a_complete_environment_has_no_problems():
    assert problems(COMPLETE) == []


CLUSTER = {
    "PORTAL_SEARCH_ENGINE": "elasticsearch",
    "PORTAL_ELASTICSEARCH_URL": "https://portal:secret@cluster:9200",
}


@pytest.mark.parametrize(
    "cluster",
    [
        CLUSTER,
        {**CLUSTER, "PORTAL_ELASTICSEARCH_URL": "http://portal:secret@127.0.0.1:9200"},
        {
            **CLUSTER,
            "PORTAL_ELASTICSEARCH_URL": "https://cluster:9200",
            "PORTAL_ELASTICSEARCH_API_KEY": "a2V5",
        },
    ],
)
def test_a_complete_cluster_has_no_problems(cluster):
    assert problems({**COMPLETE, **cluster}) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_SEARCH_ENGINE", "sqlite"),
        ("PORTAL_SEARCH_ENGINE", "solr"),
        ("PORTAL_ELASTICSEARCH_URL", ""),
        ("PORTAL_ELASTICSEARCH_URL", "http://portal:secret@cluster:9200"),
        ("PORTAL_ELASTICSEARCH_CA", "/nowhere/ca.pem"),
    ],
)
def test_what_is_wrong_with_a_cluster_is_named(name, value):
    assert problems({**COMPLETE, **CLUSTER, name: value})[0].startswith(name)


def test_a_cluster_wants_to_know_who_we_are():
    found = problems({**COMPLETE, **CLUSTER, "PORTAL_ELASTICSEARCH_URL": "https://cluster:9200"})
    assert [problem.split()[0] for problem in found] == ["PORTAL_ELASTICSEARCH_API_KEY"]


@pytest.mark.parametrize("name", COMPLETE)
def test_each_variable_is_missed_by_name(name):
    assert problems({**COMPLETE, name: ""})[0].startswith(f"{name} must")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 80),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "portal.example.org,*"),
        ("PORTAL_BASE_URL", "http://portal.example.org"),
        ("PORTAL_BASE_URL", "https://elsewhere.example.org"),
        ("PORTAL_MAIL_FROM", "portal@net4digi.example"),
        ("PORTAL_TRUSTED_PROXIES", "yes"),
        ("DATABASE_URL", "sqlite:////var/lib/portal/portal.sqlite3"),
        ("DATABASE_URL", "postgres://db"),
        ("EMAIL_URL", "consolemail://"),
        ("PORTAL_DEMO", "1"),
        ("DEBUG", "true"),
    ],
)
def test_what_is_unsafe_is_named(name, value):
    assert problems({**COMPLETE, name: value})[0].startswith(name)


def test_the_portal_does_not_start_and_says_everything_at_once():
    done = start({})
    assert done.returncode != 0
    assert [name for name in COMPLETE if f"- {name} must" not in done.stderr] == []


def test_the_portal_starts_with_the_complete_environment():
    done = start(COMPLETE)
    assert (done.returncode, done.stdout.split()) == (
        0,
        ["False", "True", "31536000", "notifications", "smtp"],
    )


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    code = (
        "import django; django.setup(); from django.conf import settings as s;"
        "print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS,"
        "s.EMAIL_BACKEND.split('.')[1], s.PORTAL_MAIL_TRANSPORT.split('.')[-2])"
    )
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**inherited, **environment, "DJANGO_SETTINGS_MODULE": "portal.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )
