"""Who else listens on a bus? While nobody does nothing need be sent: most installations are one process.

Who begins to listen says so on the bus, in a packet without wakes, and everybody counts the listeners from time to time. Should
the word of a newcomer be lost, its hub finds what it was not told by its comparison every 2 s, as after any lost wake-up.
"""

from collections.abc import Awaitable, Callable

COUNTED_EVERY_S = 30.0


class Company:
    """`is_absent` only after a count found nobody but us, until somebody is heard or we hear nothing any more."""

    def __init__(self) -> None:
        self.is_absent = False
        self._spoke = 0

    def spoke(self) -> None:
        """Another process was heard."""
        self.is_absent = False
        self._spoke += 1

    def is_out_of_hearing(self) -> None:
        """Our connection is lost: whoever comes now is not heard."""
        self.is_absent = False

    def counted(self, listeners: int) -> None:
        """Of a count that came in order with what others say: `listeners` are all that listened then, us among them."""
        self.is_absent = listeners == 1

    async def count(self, listeners: Callable[[], Awaitable[int]]) -> None:
        """`listeners` counts all that listen now, us among them."""
        spoke = self._spoke
        found = await listeners()
        if spoke == self._spoke:  # a newcomer may speak up while we count
            self.counted(found)
