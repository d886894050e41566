"""Files that people sent, or are about to send, into a chat. The bytes lie in the storage under the same id."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from switchboard.infra.tables import Table, TenantOwned
from switchboard.protocol import FileState


class StoredFile(TenantOwned, Table):
    """Of one party of one chat. `cid`: the message that it was sent with, if any; `size` in bytes, `seconds` of audio."""

    __tablename__ = "file"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "chat_id", "party_id"], ["party.tenant_id", "party.chat_id", "party.id"], ondelete="CASCADE"
        ),
        Index("ix_file_of_party", "tenant_id", "chat_id", "party_id"),
    )

    chat_id: Mapped[UUID]
    party_id: Mapped[UUID]
    state: Mapped[FileState]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    seconds: Mapped[float | None]
    cid: Mapped[UUID | None]
    created_at: Mapped[datetime]
