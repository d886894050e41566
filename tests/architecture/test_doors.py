"""Some things happen in one place only, because elsewhere they would open a hole (DESIGN 3 and 4)."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "switchboard"
MODULES = {path.relative_to(PACKAGE).as_posix(): path.read_text() for path in PACKAGE.rglob("*.py")}


def calls(source: str, name: str) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
        for node in ast.walk(ast.parse(source))
    )


def mentions(source: str, attribute: str) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == attribute for node in ast.walk(ast.parse(source)))


def imports(source: str, module: str) -> bool:
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if any(name == module or name.startswith(module + ".") for name in names):
            return True
    return False


def test_sql_text_is_written_in_infra_and_the_log_only() -> None:
    # Text bypasses the tenant criteria: one forgotten WHERE and a tenant reads another's rows, but for the policies.
    # In models `text` only spells the condition of an index.
    allowed = ("infra/", "chats/log.py", "models.py")
    wrong = [
        name
        for name, source in MODULES.items()
        if calls(source, "text") and not (name.startswith("infra/") or name.endswith(allowed))
    ]
    assert wrong == []
    assert [name for name, source in MODULES.items() if mentions(source, "__table__") and not name.startswith("infra/")] == []


def test_the_environment_is_read_in_settings_only() -> None:
    # The embedded parts are programs of their own and get command lines.
    assert [name for name, source in MODULES.items() if mentions(source, "environ") and name != "settings.py"] == []


@pytest.mark.parametrize("module", ["argon2"])
def test_a_vendor_has_one_door(module: str) -> None:
    assert [name for name, source in MODULES.items() if imports(source, module)] == ["accounts/passwords.py"]


def test_realtime_knows_no_feature() -> None:
    features = ["chats", "customers", "rooms", "presence", "accounts", "tenancy"]
    for name, source in MODULES.items():
        if name.startswith("realtime/"):
            assert not [feature for feature in features if imports(source, f"switchboard.{feature}")], name
