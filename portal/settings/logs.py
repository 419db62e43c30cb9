"""Logs for machines: one JSON object a line, without the addresses of people."""

import json
import logging
import re
from datetime import UTC, datetime

ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # mail
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"  # IPv4
    r"|(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])",  # IPv6
    re.IGNORECASE,
)


def without_addresses(text: str) -> str:
    """`text` with every mail and network address replaced."""
    return ADDRESS.sub("[address]", text)


class JsonFormatter(logging.Formatter):
    """A log record as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        row = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_addresses(record.getMessage()),
        }
        if hasattr(record, "status_code"):
            row["status"] = record.status_code
        if record.exc_info:
            row["exception"] = without_addresses(self.formatException(record.exc_info))
        return json.dumps(row, ensure_ascii=False)


JSON_LINES = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonFormatter}},
    "handlers": {
        "stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
    },
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        # Its own handlers would write mails with every setting of the request.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # Strangers who ask for other hosts are refused; there is nothing to mend.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # gunicorn warns at each HEAD, whose body Django leaves to it to drop.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
