"""From interleaved rounds to figures: disturbed rounds dropped, medians, ratios to the floor. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.generator import Row

MOST_OTHER_CPU_CORES = 0.2
FAULTS = ("sent", "undelivered", "duplicated", "out_of_order")


@dataclass(frozen=True, slots=True)
class Pair:
    """One step of one round: ours and the floor's figures, taken one right after the other."""

    ours: Row
    floor: Row

    def was_disturbed(self) -> bool:
        """Did neighbours on this machine take part?"""
        return max(self.ours["other_cpu_cores"], self.floor["other_cpu_cores"]) > MOST_OTHER_CPU_CORES


def figures(pairs: Sequence[Pair], names: Sequence[str], *, ours_alone: Sequence[str] = ()) -> Row:
    """Medians of `names`, the floor's beside them, and ours divided by the floor's. `ours_alone`: what the floor does not do.

    Disturbed pairs are dropped; when all are, all are kept and `spoiled` says so.
    """
    kept = [pair for pair in pairs if not pair.was_disturbed()]
    found: Row = {name: _median([pair.ours[name] for pair in kept or pairs]) for name in ours_alone}
    for name in names:
        ours, floor = (_median([getattr(pair, side)[name] for pair in kept or pairs]) for side in ("ours", "floor"))
        found |= {name: ours, f"floor_{name}": floor, f"ratio_{name}": _ratio(ours, floor)}
    return found | {"rounds_kept": len(kept), "spoiled": not kept}


def faults(rows: Sequence[Row]) -> dict[str, int]:
    """Of every run, overloaded and disturbed ones too."""
    return {name: sum(row[name] for row in rows) for name in FAULTS}


def at_capacity(summary: Row, steps: Sequence[Row]) -> Row:
    """One search for the highest rate as one row. CPU per message and neighbours: of the steps that decided, the last one that
    was held and all above it."""
    rate = summary["sustained_rate"] or 0
    deciding = [step for step in steps if step["rate_asked"] >= rate - 0.1]
    return {
        "sustained_per_s": rate,
        "cpu_ms_per_message": _median([step["server_cpu_ms_per_msg"] for step in deciding]),
        "gen_cpu_share": _median([step["gen_cpu_share"] for step in deciding]),
        "other_cpu_cores": _median([step["other_cpu_cores"] for step in deciding]),
        **faults(steps),
    }


def _median(values: list[Any]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 3) if known else None


def _ratio(ours: float | None, floor: float | None) -> float | None:
    return round(ours / floor, 3) if ours is not None and floor else None
