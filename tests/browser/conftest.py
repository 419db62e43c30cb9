"""A real browser against a live server. Every page that a test opens must be quiet: no error, no refusal, no other host."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.browser.looks import AUDIT, USUAL, meet_no_barrier

FOLDER = Path(__file__).parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

# Playwright's loop runs in the thread of the test, where Django would refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> Iterator[dict]:
    """Debian's Chromium without its windows, which take half of its time, or the whole one; with a home of its own."""
    home = tempfile.mkdtemp(prefix="portal-browser-")
    yield {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium-headless-shell") or shutil.which("chromium"),
        "args": FLAGS,
        "env": {**os.environ, "HOME": home},
    }
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def browser_context_args(browser_context_args: dict, live_server) -> dict:
    """Addresses may begin with a slash."""
    return {**browser_context_args, "base_url": live_server.url, "viewport": {"width": 1280, "height": 900}}


class Noise:
    """What a page does that it should not."""

    def __init__(self, page: Page, host: str) -> None:
        self.found: list[str] = []
        self.host = host
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.found.append(f"script: {error}"))
        page.on("request", self.on_request)
        page.on("response", self.on_response)

    def on_console(self, message: ConsoleMessage) -> None:
        # A missing file is told once more by its response.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.found.append(f"console: {message.text}")

    def on_request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in {"http", "https"} and url.netloc != self.host:
            self.found.append(f"other host: {request.url}")

    def on_response(self, response: Response) -> None:
        # A page may be missing on purpose; what it loads may not.
        limit = 500 if response.request.is_navigation_request() else 400
        if response.status >= limit:
            self.found.append(f"{response.status}: {response.url}")


@pytest.fixture
def noise(page: Page, live_server) -> Noise:
    """What `page` has done wrong so far; a test that expects something empties it."""
    return Noise(page, urlsplit(live_server.url).netloc)


@pytest.fixture(autouse=True)
def _quiet(noise: Noise) -> Iterator[None]:
    yield
    assert noise.found == []


@pytest.fixture(params=[pytest.param(USUAL, id="usual"), *AUDIT])
def accessible(page: Page, request: pytest.FixtureRequest) -> Callable[..., None]:
    """Asserts that the page as it stands has no barrier; `make audit` runs each test that asks so in many more looks."""
    return partial(meet_no_barrier, page, request.param)
