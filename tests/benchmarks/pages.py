"""What a page costs: queries, CPU, milliseconds, bytes; and how long a newcomer waits for the first one.

Everything happens in a folder of its own that is removed at the end: the demo is loaded, pages are asked in this process
(queries, CPU) and from a gunicorn on localhost with two workers (milliseconds), a bounded number of times.
"""

import gzip
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
REPEATS = 30
REQUESTS = 200
PAGES = {
    "home": ("/de/", "/cs/"),
    "knowledge": ("/de/wissen/", "/cs/znalosti/"),
    "guides": ("/de/wissen/leitfaeden/", "/cs/znalosti/navody/"),
    "guide": (
        "/de/wissen/leitfaeden/die-erste-maschine-ans-netz-bringen/",
        "{other}",
    ),
    "topics": ("/de/wissen/themen/", "/cs/znalosti/temata/"),
    "events": ("/de/veranstaltungen/", "/cs/akce/"),
    "directory": ("/de/mentoring/", "/cs/mentoring/"),
    "profile": ("/de/mentoring/petra-novakova/", "/cs/mentoring/petra-novakova/"),
    "companies": ("/de/unternehmen/", "/cs/firmy/"),
    "company": ("/de/unternehmen/drehteile-kern/", "/cs/firmy/drehteile-kern/"),
    "search": ("/de/suche/?q=Maschinen", "/cs/hledani/?q=stroje"),
    "sign in": ("/de/konto/login/", "/cs/ucet/login/"),
}


def main() -> None:
    """Prints the table and leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = {
            **os.environ,
            "PORTAL_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        }
        print(f"first start, without installing packages: {_prepare(environment):.1f} s")
        print(f"second start: {_prepare(environment):.1f} s\n")
        os.environ.update(environment, DJANGO_SETTINGS_MODULE="portal.settings.test")
        import django

        django.setup()
        heads = [
            "page",
            "queries",
            "repeated",
            "CPU ms",
            "p50 1",
            "p95 1",
            "p50 8",
            "p95 8",
            "html kB",
            "page kB",
        ]
        print("".join(f"{head:>10}" for head in heads))
        with _server(environment) as base:
            for name, paths in PAGES.items():
                for path in _addresses(paths):
                    row = [*_in_process(path), *_from_outside(base + path), *_weight(base, path)]
                    print(f"{name + ' ' + path[1:3]:>10}" + "".join(f"{value:>10}" for value in row))


def _prepare(environment: dict[str, str]) -> float:
    started = time.perf_counter()
    command = [sys.executable, "manage.py", "run", "--prepare-only"]
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    subprocess.run(command, cwd=ROOT, env=settings, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _addresses(paths: tuple[str, ...]) -> Iterator[str]:
    from django.test import Client

    html = Client().get(paths[0]).content.decode()
    other = re.search(
        r'hreflang="cs" href="[^"/]*//[^/]+([^"]+)"|<a[^>]+href="(/cs/[^"]+)"[^>]+hreflang="cs"', html
    )
    for path in paths:
        yield path if path != "{other}" else (other[1] or other[2] if other else "/cs/")


def _in_process(path: str) -> tuple[str, str, str]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    # read now: the next request empties the log
    sql = [query["sql"] for query in queries]
    started = time.process_time()
    for _time in range(REPEATS):
        client.get(path)
    cpu = (time.process_time() - started) / REPEATS * 1000
    return str(len(sql)), str(len(sql) - len(set(sql))), f"{cpu:.1f}"


def _from_outside(url: str) -> list[str]:
    figures = []
    for connections in (1, 8):
        with ThreadPoolExecutor(connections) as pool:
            times = sorted(
                pool.map(lambda _n: _milliseconds(url), range(REQUESTS if connections == 8 else REPEATS))
            )
        figures += [f"{statistics.median(times):.0f}", f"{times[int(len(times) * 0.95) - 1]:.0f}"]
    return figures


def _milliseconds(url: str) -> float:
    started = time.perf_counter()
    with urlopen(url, timeout=30) as response:
        response.read()
    return (time.perf_counter() - started) * 1000


def _weight(base: str, path: str) -> tuple[str, str]:
    """Kilobytes of the page alone, and with everything that it loads before anybody scrolls."""
    with urlopen(base + path, timeout=30) as response:
        html = response.read()
    text = html.decode()
    links = re.findall(r'<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]*>|<script[^>]+src="[^"]+"', text)
    files = {found for link in links for found in re.findall(r'(?:href|src)="([^"]+)"', link)}
    total = len(gzip.compress(html)) + sum(_file_bytes(name) for name in files)
    return f"{len(html) / 1000:.1f}", f"{total / 1000:.1f}"


def _file_bytes(url: str) -> int:
    from django.contrib.staticfiles import finders

    content = Path(finders.find(url.removeprefix("/static/"))).read_bytes()
    return len(content) if url.endswith("woff2") else len(gzip.compress(content))


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "portal.wsgi",
        "-w",
        "2",
        "-b",
        f"127.0.0.1:{port}",
        "--log-level",
        "error",
    ]
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    process = subprocess.Popen(command, cwd=ROOT, env=settings)
    try:
        base = f"http://127.0.0.1:{port}"
        for _attempt in range(100):
            try:
                _milliseconds(f"{base}/livez")
                break
            except OSError:
                time.sleep(0.1)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=10)
