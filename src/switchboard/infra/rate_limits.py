"""How often somebody may try (DESIGN 4.15). All limits are here; the caller says whom it counts: account, address, link."""

import hashlib
import hmac
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from litestar.connection import ASGIConnection
from sqlalchemy import Index, LargeBinary, delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.errors import TooManyError, UnavailableError
from switchboard.infra.client_address import client_address
from switchboard.infra.db import Database, GlobalTx
from switchboard.infra.tables import GlobalTable
from switchboard.settings import Settings

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)

AnyConnection = ASGIConnection[Any, Any, Any, Any]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """`times` at once, then one more per `within / times`."""

    name: str
    times: int
    within: timedelta


SIGN_IN_BY_ACCOUNT = Limit("sign-in by account", 5, _MINUTE)
SIGN_IN_BY_ADDRESS = Limit("sign-in by address", 20, _MINUTE)
MAIL_TO_RECIPIENT = Limit("mail to recipient", 3, _HOUR)
MAIL_BY_ADDRESS = Limit("mail by address", 20, _HOUR)
LINK_BY_ADDRESS = Limit("link by address", 20, _MINUTE)
LINK_BY_TOKEN = Limit("link by token", 5, _MINUTE)
VISITOR_BY_ADDRESS = Limit("visitor by address", 60, _MINUTE)
FILE_BY_PARTY = Limit("file by party", 20, _MINUTE)
FILE_BY_ADDRESS = Limit("file by address", 60, _MINUTE)
WINDOW_BY_ADDRESS = Limit("window by address", 60, _MINUTE)
WINDOW_BY_VISITOR = Limit("window by visitor", 10, _MINUTE)
# Apart from MAIL_TO_RECIPIENT: whoever mails transcripts to a stranger must not keep the stranger's own mail away.
TRANSCRIPT_TO_RECIPIENT = Limit("transcript to recipient", 3, _HOUR)
TRANSCRIPT_BY_VISITOR = Limit("transcript by visitor", 5, _HOUR)
TRANSCRIPT_BY_ADDRESS = Limit("transcript by address", 20, _HOUR)


class RateLimitRow(GlobalTable):
    """`key` is keyed by our secret, so that the table names no address and no person; `tat` is when it may be forgotten."""

    __tablename__ = "rate_limit"
    __table_args__ = (Index("ix_rate_limit_tat", "tat"), {"prefixes": ["UNLOGGED"], "postgresql_with": {"fillfactor": 70}})

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    tat: Mapped[datetime]


class RateLimits:
    """Counts in Postgres, for all processes together. With RATE_LIMITS=off nothing is counted."""

    def __init__(self, database: Database, settings: Settings) -> None:
        # One trip, and committed whatever becomes of the attempt: a wrong password counts as well.
        self._engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._settings = settings

    async def take(self, limit: Limit, whom: str) -> None:
        """Raises TooManyError; UnavailableError when it cannot be counted, because a limit that fails open is none."""
        if not self._settings.rate_limits:
            return
        key = hmac.digest(self._settings.secret_key.encode(), f"{limit.name}:{whom}".encode(), hashlib.sha256)
        turn = select(func.take_turn(key, limit.times, limit.within))
        try:
            async with self._engine.connect() as connection:
                wait = (await connection.execute(turn)).scalar_one()
        except (SQLAlchemyError, OSError) as error:
            log.error("no turn could be counted: %s", type(error.__cause__ or error).__name__)
            raise UnavailableError from error
        if wait:
            raise TooManyError(wait)

    async def take_by_address(self, limit: Limit, request: AnyConnection) -> None:
        """As `take`, counting the network address that the request comes from."""
        await self.take(limit, self.address_of(request))

    def address_of(self, connection: AnyConnection) -> str:
        """The network address that a request or a socket comes from, as it is counted."""
        peer = connection.client.host if connection.client else ""
        forwarded = connection.headers.getall("x-forwarded-for", [])
        return client_address(peer, forwarded, self._settings.trusted_proxies)


async def forget_idle_limits(tx: GlobalTx) -> None:
    """Rows that limit nobody any more."""
    await tx.session.execute(delete(RateLimitRow).where(RateLimitRow.tat < tx.now))
