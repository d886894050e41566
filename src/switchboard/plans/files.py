"""`plans/<generation>/<plan>.toml`, which generation is on sale, and what was sold and must not change."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from switchboard.errors import SettingsError
from switchboard.plans.plan import Plan, PlanFile
from switchboard.plans.price_list import FREE, PriceList
from switchboard.plans.terms import Feature, Limit

# msgspec says what is wrong and where, but not what would be right. The first place that the error names counts.
_ALLOWED = {
    "$.features": ", ".join(Feature),
    "$.price.amount": "a whole number of minor units from 0, such as 1900 for 19 USD",
    "$.price.currency": "three capital letters, such as USD",
    "$.price": "amount, currency",
    "$.limits.": 'a whole number from 0, or "unlimited"',
    "$.limits": ", ".join(Limit),
    "$.name": "a text",
    "$.for_whom": "a text",
}


class _OnSale(msgspec.Struct, forbid_unknown_fields=True):
    generation: str


def read_price_list(folder: Path) -> PriceList:
    """Raises SettingsError that names the file, the key and what is allowed there."""
    on_sale = folder / "on_sale.toml"
    generation = _read(on_sale, _OnSale, "generation").generation
    folders = sorted(path for path in folder.iterdir() if path.is_dir())
    price_list = PriceList(generation, {path.name: _generation(path) for path in folders})
    if not price_list.generations.get(generation):
        names = ", ".join(name for name, plans in price_list.generations.items() if plans) or "none"
        raise SettingsError(f"{on_sale}: generation = {generation} has no plans; allowed: {names}")
    if FREE not in {plan.key for plan in price_list.on_sale}:
        raise SettingsError(f"{folder / generation / FREE}.toml is missing: every tenant is born on it")
    return price_list


def changed_since_sold(folder: Path) -> list[str]:
    """One sentence per file of `sold.toml` that is missing or is not what was sold."""
    files = ((f"{generation}/{key}.toml", digest) for (generation, key), digest in sold_files(folder).items())
    return [
        f"plans/{name} was sold and is not what it was: put it back, and write a new price into a new generation"
        for name, digest in files
        if not (folder / name).is_file() or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]


def sold_files(folder: Path) -> dict[tuple[str, str], str]:
    """(generation, plan) → sha256 of its file. Raises SettingsError."""
    sold = _read(folder / "sold.toml", dict[str, dict[str, str]], "per generation: plan = sha256 of its file")
    return {(generation, key): digest for generation, plans in sold.items() for key, digest in plans.items()}


def _generation(folder: Path) -> tuple[Plan, ...]:
    plans = [_plan(path) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(plans, key=lambda plan: plan.price.amount))


def _plan(path: Path) -> Plan:
    file = _read(path, PlanFile, ", ".join(PlanFile.__struct_fields__))
    return Plan(**msgspec.structs.asdict(file), generation=path.parent.name, key=path.stem)


def _read(path: Path, kind: Any, allowed: str) -> Any:
    try:
        return msgspec.convert(tomllib.loads(path.read_text()), kind)
    except msgspec.ValidationError as error:
        hint = next((hint for place, hint in _ALLOWED.items() if place in str(error)), allowed)
        raise SettingsError(f"{path}: {error}; allowed: {hint}") from error
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
