"""What production asks of its environment, told all at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

#: the shortest key that Django's own check accepts
KEY_LENGTH = 50


def problems(environment: Mapping[str, str]) -> list[str]:
    """One sentence for each thing that is missing or unsafe in `environment`; empty when the portal may start."""
    parts = (_secret, _addresses, _servers, _search, _forbidden)
    return [problem for part in parts for problem in part(environment)]


def _secret(environment: Mapping[str, str]) -> Iterator[str]:
    key = environment.get("SECRET_KEY", "")
    if len(key) < KEY_LENGTH or len(set(key)) < 10:
        yield f"SECRET_KEY must be a random text of at least {KEY_LENGTH} characters."


def _addresses(environment: Mapping[str, str]) -> Iterator[str]:
    hosts = [host.strip() for host in environment.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
    if not hosts or "*" in hosts:
        yield "ALLOWED_HOSTS must name the hosts of the portal, separated by commas; * is none."
    base = urlsplit(environment.get("PORTAL_BASE_URL", ""))
    if base.scheme != "https" or not base.hostname:
        yield "PORTAL_BASE_URL must be the address of the portal and begin with https://."
    elif base.hostname not in hosts:
        yield "PORTAL_BASE_URL must name one of ALLOWED_HOSTS."
    sender = environment.get("PORTAL_MAIL_FROM", "")
    if "@" not in sender or sender.rstrip("> ").endswith(".example"):
        yield "PORTAL_MAIL_FROM must be the sender of the portal's mails, for example: Portal <portal@your.host>."
    if not environment.get("PORTAL_TRUSTED_PROXIES", "").isdecimal():
        yield "PORTAL_TRUSTED_PROXIES must be the number of proxies in front of the portal; 1 for nginx alone."


def _servers(environment: Mapping[str, str]) -> Iterator[str]:
    database = urlsplit(environment.get("DATABASE_URL", ""))
    if database.scheme not in {"postgres", "postgresql"} or not database.path.strip("/"):
        yield "DATABASE_URL must name a PostgreSQL database: postgres://user:password@host:5432/name."
    mail = urlsplit(environment.get("EMAIL_URL", ""))
    if mail.scheme not in {"smtp", "smtps", "smtp+tls", "smtp+ssl"} or not mail.hostname:
        yield "EMAIL_URL must name a mail server: smtp+tls://user:password@host:587."


def _search(environment: Mapping[str, str]) -> Iterator[str]:
    engine = environment.get("PORTAL_SEARCH_ENGINE", "auto")
    if engine not in {"auto", "postgresql", "elasticsearch"}:
        yield "PORTAL_SEARCH_ENGINE must be auto, postgresql or elasticsearch."
    if engine != "elasticsearch":
        return
    cluster = urlsplit(environment.get("PORTAL_ELASTICSEARCH_URL", ""))
    is_here = cluster.hostname in {"127.0.0.1", "::1", "localhost"}
    if not cluster.hostname or (cluster.scheme != "https" and not is_here):
        yield "PORTAL_ELASTICSEARCH_URL must name the cluster: https://user:password@host:9200; http only on this machine."
    if not cluster.password and not environment.get("PORTAL_ELASTICSEARCH_API_KEY"):
        yield "PORTAL_ELASTICSEARCH_API_KEY must be set if PORTAL_ELASTICSEARCH_URL holds no user and password."
    certificate = environment.get("PORTAL_ELASTICSEARCH_CA")
    if certificate and not Path(certificate).is_file():
        yield "PORTAL_ELASTICSEARCH_CA must be the file of the certificate that signed the cluster's."


def _forbidden(environment: Mapping[str, str]) -> Iterator[str]:
    for name in ("DEBUG", "PORTAL_DEMO"):
        if environment.get(name, "").lower() not in {"", "0", "false", "no", "off"}:
            yield f"{name} must not be set in production."
