"""Is the process alive (no database: a database outage must not restart all webs), is it ready to serve."""

from litestar import Controller, MediaType, Response, get
from litestar.di import NamedDependency

from switchboard.infra.db import Database
from switchboard.infra.migrate import head, revision


class HealthController(Controller):
    """For supervisors and load balancers."""

    @get("/healthz", media_type=MediaType.TEXT)
    async def alive(self) -> str:
        return "alive"

    @get("/readyz", media_type=MediaType.TEXT)
    async def ready(self, database: NamedDependency[Database]) -> Response[str]:
        """503 with the reason when the database is away or has another schema than this code needs."""
        try:
            async with database.engine.connect() as connection:
                found = await connection.run_sync(revision)
        except Exception as error:
            return Response(f"database away: {type(error).__name__}", status_code=503)
        if found != head():
            return Response(f"schema {found}, needed {head()}: run `switchboard migrate`", status_code=503)
        return Response("ready")
