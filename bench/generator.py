"""chatbench, the load generator that measures any chat system. It lives outside the project: ../shared/bench, or $CHATBENCH."""

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

Row = dict[str, Any]
Roots = dict[str, list[int]]


def folder() -> Path:
    """Where chatbench is. Ends the process with advice when it is absent."""
    project = Path(__file__).resolve().parents[1]
    found = Path(os.environ.get("CHATBENCH") or project.parent / "shared" / "bench").resolve()
    if not (found / "chatbench" / "core.py").is_file():
        sys.exit(f"chatbench, the load generator, is not in {found}: set CHATBENCH to the folder that holds it")
    return found


if importlib.util.find_spec("chatbench") is None:
    sys.path.insert(0, str(folder()))


class Core(Protocol):
    """What we use of chatbench.core; `roots` names process trees whose CPU and memory count as the server's."""

    async def measure(
        self,
        driver: "Base",
        n_chats: int,
        rate: float,
        seconds: float,
        *,
        chats: list[Any] | None = None,
        roots: Roots,
    ) -> tuple[Row, list[Any]]: ...

    async def open_chats(self, driver: "Base", n: int, parallel: int) -> tuple[list[Any], list[float]]: ...

    def busy_cores(self) -> float: ...

    async def capacity(
        self,
        driver: "Base",
        n_chats: int,
        p99_ms: float,
        lo: float,
        hi: float,
        seconds: float,
        roots: Roots,
        *,
        log: Callable[[Row], None],
    ) -> tuple[Row, list[Row]]: ...

    def cpu_and_pss(self, roots: Roots) -> dict[str, tuple[float, float]]: ...


if TYPE_CHECKING:

    class Base:
        """chatbench.drivers.base.Base, which has no types of its own."""

        label: str
        o: dict[str, str]
        deliver: Callable[[str], None]

        def __init__(self, opts: dict[str, str]) -> None: ...
        def opt(self, k: str, d: int) -> int: ...
        async def setup(self, n: int) -> None: ...
        async def start_chat(self, i: int) -> Any: ...
        async def send(self, chat: Any, text: str) -> None: ...
        async def idle(self, n: int) -> None: ...
        async def close(self) -> None: ...
else:
    from chatbench.drivers.base import Base

core = cast("Core", cast("object", importlib.import_module("chatbench.core")))


def floor_driver(options: dict[str, str]) -> Base:
    """chatbench's own driver of the reference broker."""
    driver: Base = importlib.import_module("chatbench.drivers.ws").Driver(options)
    return driver
