"""`switchboard plans show`, as an operator reads it."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from switchboard.cli import commands
from switchboard.settings import ROOT


def shown(*arguments: str, plans: Path = ROOT / "plans") -> Result:
    return CliRunner().invoke(commands, ["plans", "show", *arguments], env={"SECRET_KEY": "x" * 40, "PLANS_DIR": str(plans)})


def test_what_is_sold_stands_side_by_side() -> None:
    lines = shown().output.splitlines()
    assert lines[0] == "Generation v1, on sale"
    assert lines[1].split() == ["free", "professional", "business", "enterprise"]
    assert next(line for line in lines if line.startswith("Rooms")).split() == [
        "Rooms",
        "1",
        "(GENERAL)",
        "5",
        "25",
        "unlimited",
    ]
    assert len({line.index(word) for line, word in zip(lines[1:3], ("business", "Business"), strict=True)}) == 1


def test_one_plan_can_be_asked_for() -> None:
    lines = shown("professional").output.splitlines()
    assert lines[1].split() == ["professional"]
    assert next(line for line in lines if line.startswith("Price")).split() == ["Price", "a", "month", "19", "USD"]


def test_an_old_generation_can_be_read(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "plans", tmp_path / "plans")
    shutil.copytree(folder / "v1", folder / "v2")
    (folder / "on_sale.toml").write_text('generation = "v2"\n')
    assert shown(plans=folder).output.startswith("Generation v2, on sale")
    assert shown("--generation", "v1", plans=folder).output.startswith("Generation v1, no longer on sale")


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["gold"], "v1 has no plan gold: choose one of free, professional, business, enterprise"),
        (["--generation", "v9"], "there is no generation v9: choose one of v1"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(arguments: list[str], advice: str) -> None:
    result = shown(*arguments)
    assert result.exit_code == 1
    assert advice in result.output


def test_a_sold_file_that_changed_is_warned_of(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "plans", tmp_path / "plans")
    with (folder / "v1" / "business.toml").open("a") as file:
        file.write("# a new note\n")
    assert "Warning: plans/v1/business.toml was sold" in shown(plans=folder).stderr
