"""Upper imports lower, never back: the contracts of pyproject.toml, and that they would notice."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import AppConfig, apps

from tests.architecture.tree import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
STACK = CONTRACTS[0]["layers"][1:]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def small_tree(tmp_path: Path) -> Path:
    """The packages of the project without content, under the project's own contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in ["portal", *STACK]:
        package = tmp_path / name.replace(".", "/")
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").touch()
    for name in ("urls", "settings"):
        (tmp_path / "portal" / f"{name}.py").touch()
    return tmp_path


def test_our_imports_keep_the_contracts():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_the_small_tree_keeps_them_too(small_tree):
    result = lint(small_tree)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("portal/core/models.py", "import home"),
        ("knowledge/domain.py", "def f():\n    from matching import models"),
        ("search/models.py", "from search import views"),
        ("home/enums.py", "from home import models"),
        ("home/utils.py", ""),
    ],
    ids=[
        "upwards",
        "upwards inside a function",
        "models know views",
        "enums know models",
        "a module without a room",
    ],
)
def test_a_breach_is_found(small_tree, module, source):
    (small_tree / "matching/models.py").touch()
    (small_tree / "search/views.py").touch()
    (small_tree / "home/models.py").touch()
    (small_tree / module).write_text(source)
    result = lint(small_tree)
    assert result.returncode == 1
    assert "broken" in result.stdout


def test_every_app_of_ours_stands_in_the_stack_in_the_order_of_the_settings():
    assert [app.name for app in apps.get_app_configs() if is_ours(app)] == STACK
    assert CONTRACTS[1]["containers"] == STACK


def is_ours(app: AppConfig) -> bool:
    return Path(app.path).is_relative_to(ROOT) and "site-packages" not in app.path
