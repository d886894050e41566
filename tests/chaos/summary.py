"""A history in one line, for people. Pure."""

from collections import Counter

from tests.chaos import history
from tests.chaos.checker import LATEST, Facts, waits


def summary(events: list[history.Any]) -> str:
    """For people: what was done, and how long things took."""

    def of(kind: type[history.E_]) -> list[history.E_]:
        return history.of(events, kind)

    away = sorted(_away(events))
    faults = Counter(fault.name for fault in of(history.Fault))
    sends = Counter(event.cid for event in of(history.Sent))
    late = sum(lag.seconds for lag in of(history.Lag))
    return (
        f"{len(of(history.Wrote))} written, {sum(sends.values())} sent, {len(of(history.Shown))} shown, "
        f"gaps {dict(Counter(gap.by for gap in of(history.Gap)))}, faults {dict(faults)}, "
        f"back after p50 {_at(away, 0.5):.2f} p95 {_at(away, 0.95):.2f} max {_at(away, 1):.2f} s ({len(away)}), "
        f"longest wait {_longest(events):.2f} of {LATEST:g} s, late ourselves {late:.1f} s"
    )


def _away(events: list[history.Any]) -> list[float]:
    lost: dict[str, float] = {}
    spans: list[float] = []
    for event in events:
        if isinstance(event, history.Link):
            if not event.is_live:
                lost[event.device] = event.at
            elif event.device in lost:
                spans.append(event.at - lost.pop(event.device))
    return spans


def _longest(events: list[history.Any]) -> float:
    return max((waited for _, _, waited in waits(Facts(events))), default=0.0)


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0
