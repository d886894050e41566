"""The block that `make up` ends with: where to go and how to sign in."""

from pathlib import Path

from switchboard.settings import ROOT, from_environment
from switchboard.supervisor.ready_block import ready_block


def test_it_begins_with_switchboard_is_ready_and_names_every_door(tmp_path: Path) -> None:
    settings = from_environment({"SECRET_KEY": "s" * 32, "VAR_DIR": str(tmp_path), "PORT": "8010", "SHOP_PORT": "8090"})
    block = ready_block(settings, ROOT / "tenants" / "demo.toml", "TOKEN")
    assert block.startswith("Switchboard is ready\n")
    for door in (
        "http://127.0.0.1:8090/",
        "http://localhost:8010/c/TOKEN",
        "http://localhost:8010/console/acme/",
        "http://localhost:8010/console/globex/",
        "alice@acme.example  alice-demo",
        "gil@globex.example  gil-demo",
    ):
        assert door in block
