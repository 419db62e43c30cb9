"""Logs are JSON, and nobody's address is in them."""

import json
import logging

import pytest

from portal.settings.logs import JsonFormatter, without_addresses


def record(message: str, *args: object, **fields: object) -> logging.LogRecord:
    made = logging.LogRecord("portal.test", logging.WARNING, "file.py", 1, message, args, None)
    vars(made).update(fields)
    return made


def test_a_line_is_one_object():
    line = JsonFormatter().format(record("Not Found: %s", "/de/\nx", status_code=404))
    row = json.loads(line)
    assert "\n" not in line
    assert {key: row[key] for key in ("level", "logger", "message", "status")} == {
        "level": "warning",
        "logger": "portal.test",
        "message": "Not Found: /de/\nx",
        "status": 404,
    }


@pytest.mark.parametrize(
    "address",
    [
        "jana.horka+x@firma.cz",
        "192.168.1.20",
        "2001:db8::8a2e:370:7334",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
    ],
)
def test_addresses_are_replaced(address):
    assert without_addresses(f"from {address} at noon") == "from [address] at noon"


@pytest.mark.parametrize("text", ["took 12:30:45 on 2026-11-23", "Wagtail 7.4.4", "page:events", "a::b"])
def test_other_words_stay(text):
    assert without_addresses(text) == text


def test_addresses_in_a_traceback_are_replaced():
    try:
        raise ValueError("no such user: jana@firma.cz")
    except ValueError as error:
        row = json.loads(
            JsonFormatter().format(record("failed", exc_info=(ValueError, error, error.__traceback__)))
        )
    assert "ValueError: no such user: [address]" in row["exception"]
