"""What is sent and not acknowledged at this moment: faults wait for it, or they would prove nothing."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from tests.chaos.history import Acked, Any, Link, Refused, Sent

Chooser = Callable[[UUID, str], bool]


class Flight:
    """Listens to a history. A message flies on a device from `Sent` until it is acknowledged, refused, or the line is lost."""

    def __init__(self) -> None:
        self.flying: dict[UUID, str] = {}
        """cid → the device that sent it last."""
        self._changed = asyncio.Event()

    def heard(self, event: Any) -> None:
        match event:
            case Sent():
                self.flying[event.cid] = event.device
                self._changed.set()
            case Acked() | Refused():
                if event.cid is not None:
                    self.flying.pop(event.cid, None)
            case Link():
                if not event.is_live:
                    self.flying = {cid: device for cid, device in self.flying.items() if device != event.device}
            case _:
                pass

    def those(self, where: Chooser) -> list[UUID]:
        return [cid for cid, device in self.flying.items() if where(cid, device)]

    async def some(self, where: Chooser = lambda _cid, _device: True, within: float = 30.0) -> list[UUID]:
        """Waits until such messages fly; they do when this returns. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not (found := self.those(where)):
                self._changed.clear()
                await self._changed.wait()
        return found
