"""From runs of several sizes to figures: medians, and the largest size divided by the smallest. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.generator import Row
from bench.rounds import MOST_OTHER_CPU_CORES, faults

LIMIT = 1.2
NAMES = ("server_cpu_ms_per_msg", "idle_cpu_ms_per_s", "p50_ms", "p99_ms", "other_cpu_cores")


@dataclass(slots=True)
class Series:
    """Runs by size; the floor's where it ran."""

    name: str
    ours: dict[int, list[Row]] = field(default_factory=dict[int, list[Row]])
    floor: dict[int, list[Row]] = field(default_factory=dict[int, list[Row]])


def report(several: Sequence[Series]) -> Row:
    """`ratio_*` is CPU per message at the largest size divided by that at the smallest."""
    found: Row = faults([row for series in several for rows in series.ours.values() for row in rows])
    for series in several:
        found |= {f"ratio_{series.name}": _ratio(series.ours), f"ratio_{series.name}_limit": LIMIT}
    runs = [row for series in several for rows in (*series.ours.values(), *series.floor.values()) for row in rows]
    found["spoiled"] = any(row["other_cpu_cores"] > MOST_OTHER_CPU_CORES for row in runs)
    return found | {series.name: _sizes(series) for series in several}


def _sizes(series: Series) -> Row:
    return {
        str(size): _medians(rows) | ({"floor": _medians(series.floor[size])} if size in series.floor else {})
        for size, rows in series.ours.items()
    }


def _medians(rows: Sequence[Row]) -> Row:
    return {name: round(median(row[name] for row in rows), 3) for name in NAMES if name in rows[0]}


def _ratio(sizes: dict[int, list[Row]]) -> float | None:
    first, last = (_medians(sizes[size])["server_cpu_ms_per_msg"] for size in (min(sizes), max(sizes)))
    return round(last / first, 3) if first else None
