"""What is long is read by nobody: files of 400 lines at most, functions of 40."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import python_files

FILE, FUNCTION = 400, 40


def over_budget(path: str, source: str) -> Iterator[str]:
    lines = source.count("\n")
    if lines > FILE:
        yield f"{path}: {lines} lines"
    if path.startswith("tests/"):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                yield f"{path}:{node.lineno} {node.name}: {length} lines"


def test_every_file_and_function_is_within_its_budget():
    assert [found for path, source in python_files() for found in over_budget(path, source)] == []


def test_a_long_file_is_found():
    assert list(over_budget("home/views.py", "x = 1\n" * 401)) == ["home/views.py: 401 lines"]
    assert list(over_budget("home/views.py", "x = 1\n" * 400)) == []


def test_a_long_test_file_is_found():
    assert list(over_budget("tests/home/test_views.py", "x = 1\n" * 401)) == [
        "tests/home/test_views.py: 401 lines"
    ]
    assert list(over_budget("tests/home/test_views.py", "x = 1\n" * 400)) == []


def test_a_long_function_is_found_inside_a_class_too():
    method = "class A:\n    def f(self):\n" + "        x = 1\n" * 40
    assert list(over_budget("home/views.py", method)) == ["home/views.py:2 f: 41 lines"]
