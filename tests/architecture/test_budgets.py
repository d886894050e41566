"""Small files, small functions (DESIGN 4.17): over the first figure it wants splitting, over the second the build fails."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "service", "services", "manager", "managers", "common", "misc"}


def tracked(*endings: str) -> list[Path]:
    names = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, text=True).splitlines()
    return [ROOT / name for name in names if name.endswith(endings) and (ROOT / name).is_file()]


PYTHON = tracked(".py")
GENERATED = {ROOT / "widget_js/shared/protocol.ts", ROOT / "widget_js/shared/tokens.css"}
# Every wire type in one file (DESIGN 4.11): a list, not a program.
LISTS = {ROOT / "src/switchboard/protocol.py"}
CODE = [path for path in [*PYTHON, *tracked(".ts", ".tsx", ".css", ".sql", ".mjs", ".html")] if path not in GENERATED | LISTS]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_its_budget(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_is_longer_than_its_budget(path: Path) -> None:
    functions = [
        node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    too_long = {node.name: size(node) for node in functions if size(node) > LONGEST_FUNCTION}
    assert too_long == {}


def test_no_file_is_named_after_a_kind_of_thing() -> None:
    assert [path for path in CODE if path.stem in FORBIDDEN_NAMES] == []


def size(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
