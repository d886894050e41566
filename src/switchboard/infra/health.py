"""Is the process alive (no database: a database outage must not restart all webs), is it ready to serve."""

from functools import cache

from litestar import Controller, MediaType, Response, get
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec

from switchboard.infra.bus import Bus
from switchboard.infra.db import Database
from switchboard.infra.migrate import head, revision

# Reading all migrations costs milliseconds, and load balancers ask every second.
needed_revision = cache(head)


class Readiness:
    """Whether new work should be sent to this process."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus
        self.is_stopping = False

    async def why_not(self) -> str | None:
        """The reason, in words for the operator; None when it is ready."""
        if self.is_stopping:
            return "stopping"
        try:
            async with self._database.engine.connect() as connection:
                found = await revision(connection)
        except Exception as error:
            return f"database away: {type(error).__name__}"
        if found != needed_revision():
            return f"schema {found}, needed {needed_revision()}: run `switchboard migrate`"
        return None

    @property
    def is_degraded(self) -> bool:
        """Without the bus all works, only up to 2 s later: that is no reason to send nobody here."""
        return not self._bus.is_connected


class HealthController(Controller):
    """For supervisors and load balancers."""

    @get("/healthz", media_type=MediaType.TEXT)
    async def alive(self) -> str:
        return "alive"

    @get("/readyz", media_type=MediaType.TEXT, responses={503: ResponseSpec(str, media_type=MediaType.TEXT)})
    async def ready(self, readiness: NamedDependency[Readiness]) -> Response[str]:
        """503 with the reason when this process should get no work."""
        if reason := await readiness.why_not():
            return Response(reason, status_code=503)
        return Response("ready, but degraded: bus away" if readiness.is_degraded else "ready")
