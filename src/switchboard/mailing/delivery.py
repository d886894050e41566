"""From a letter to the mail server."""

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Protocol
from uuid import UUID

from switchboard.mailing.compose import compose
from switchboard.mailing.letters import Letter


class Gateway(Protocol):
    """`gateways/smtp.py`."""

    async def send(self, message: EmailMessage) -> None: ...


class Postman:
    """`sender`: who letters come from, such as Switchboard <no-reply@chat.example.com>."""

    def __init__(self, gateway: Gateway, sender: Address) -> None:
        self._gateway = gateway
        self._sender = sender

    async def deliver(self, letter: Letter, *, id: UUID) -> None:
        """Returns when the mail server has taken it. Raises GivenUpError, or whatever kept it from being taken now."""
        await self._gateway.send(compose(letter, sender=self._sender, id=id, at=datetime.now(UTC)))
