"""How long a message waited while nothing stood in its way. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict

from tests.chaos.history import Any, Fault, Healed, Lag, Link

Span = tuple[float, float]


class Clock:
    """Spans in which a device could have been told: live, and blinded by no fault. Our own lateness is not counted."""

    def __init__(self, events: list[Any]) -> None:
        self.end = max((event.at for event in events), default=0.0)
        self._live = _live(events, self.end)
        self._blind = _blind(events, self.end)
        self._lags = sorted((event.at, event.seconds) for event in events if isinstance(event, Lag))
        self._clear = {device: _without(live, self._blind["*"] + self._blind[device]) for device, live in self._live.items()}

    def waited(self, device: str, since: float, until: float | None) -> float:
        """The longest clear span between the two, in seconds; until the end when it was never shown."""
        until = self.end if until is None else until
        clear = self._clear.get(device, [])
        longest = 0.0
        for begin, end in clear[max(0, bisect_right(clear, (since, since)) - 1) :]:
            if begin >= until:
                break
            first, last = max(begin, since), min(end, until)
            longest = max(longest, last - first - self._late(first, last))
        return longest

    def _late(self, begin: float, end: float) -> float:
        first, last = bisect_left(self._lags, (begin, 0.0)), bisect_right(self._lags, (end, 0.0))
        return sum(seconds for _, seconds in self._lags[first:last])


def _live(events: list[Any], end: float) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    since: dict[str, float] = {}
    for event in events:
        if not isinstance(event, Link):
            continue
        if event.is_live:
            since[event.device] = event.at
        elif event.device in since:
            spans[event.device].append((since.pop(event.device), event.at))
    for device, begin in since.items():
        spans[device].append((begin, end))
    return spans


def _blind(events: list[Any], end: float) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    broken: dict[tuple[str, str], Fault] = {}
    for event in events:
        if isinstance(event, Fault):
            broken[event.name, event.target] = event
        elif isinstance(event, Healed) and (fault := broken.pop((event.name, event.target), None)):
            for device in fault.blinds:
                spans[device].append((fault.at, event.at))
    for fault in broken.values():
        for device in fault.blinds:
            spans[device].append((fault.at, end))
    return spans


def _without(spans: list[Span], holes: list[Span]) -> list[Span]:
    left = sorted(spans)
    for begin, end in holes:
        cut: list[Span] = []
        for first, last in left:
            if last <= begin or end <= first:
                cut.append((first, last))
                continue
            cut += [span for span in ((first, begin), (end, last)) if span[0] < span[1]]
        left = cut
    return left
