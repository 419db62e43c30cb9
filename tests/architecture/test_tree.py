"""Where things live, and what no file may hold."""

import re
from collections.abc import Iterator

from tests.architecture.tree import IGNORED, ROOT, project_files

TOP_LEVEL = {
    *{"portal", "home", "knowledge", "mentoring", "matching", "search", "locale", "tests"},
    *{
        "manage.py",
        "pyproject.toml",
        "README.md",
        "Makefile",
        "requirements",
        "docs",
        "deploy",
        ".ci",
        ".gitignore",
    },
}
MACHINE = re.compile(r"(?:^|[\s\"'=(`])/(?:work|farm|root|home/\w+)/", re.MULTILINE)
ADDRESS = re.compile(r"https?://[^\s\"']+")


def paths_of_a_machine(text: str) -> list[str]:
    return [match.group().strip(" \n\"'=(`") for match in MACHINE.finditer(text)]


def loose_pins(requirements: str) -> Iterator[str]:
    """Requirements that name no exact version, no hash, or an address to load from."""
    for line in requirements.replace("\\\n", " ").splitlines():
        if not re.match(r"[\w.\[\],-]+==\S+", line) or "--hash=sha256:" not in line or ADDRESS.search(line):
            yield line.split(" ")[0]


def text_files() -> Iterator[tuple[str, str]]:
    for path in project_files():
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_the_top_level_is_the_agreed_one():
    here = {path.name for path in ROOT.iterdir()}
    assert here - set(IGNORED) == TOP_LEVEL


def test_no_file_names_a_path_of_somebodys_machine():
    assert {name: found for name, text in text_files() if (found := paths_of_a_machine(text))} == {}


def test_a_path_of_a_machine_is_found():
    assert paths_of_a_machine('open("/' + 'root/data.csv")') == ["/" + "root/"]
    assert paths_of_a_machine('path("admin/home/x")') == []


def test_requirements_are_exact_and_hashed():
    files = sorted(path.name for path in (ROOT / "requirements").iterdir())
    assert files == ["base.txt", "dev.txt"]
    assert [pin for name in files for pin in loose_pins((ROOT / "requirements" / name).read_text())] == []


def test_development_runs_what_production_runs():
    base, dev = (
        set((ROOT / "requirements" / name).read_text().splitlines()) for name in ("base.txt", "dev.txt")
    )
    assert [line for line in base - dev if "==" in line] == []


def test_a_loose_requirement_is_found():
    pinned = "django==5.2.19 \\\n    --hash=sha256:aa\n"
    assert list(loose_pins(pinned)) == []
    assert list(loose_pins(pinned + "wagtail>=7.4 --hash=sha256:bb\n")) == ["wagtail>=7.4"]
    assert list(loose_pins("django==5.2.19\n")) == ["django==5.2.19"]
    assert list(loose_pins("--index-url https://x.example/simple\n" + pinned)) == ["--index-url"]


def test_the_readme_begins_with_the_two_commands_and_names_only_commands_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"make ([a-z-]+)", readme)
    goals = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert named[:2] == ["run", "test"]
    assert set(named) - set(goals) == set()
