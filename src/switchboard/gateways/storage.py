"""Where files lie: a local folder, or S3 and the like by URL (obstore). Keys are made of our own ids only."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import IO
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

from switchboard.errors import NotFoundError, SettingsError

PIECE = 256 << 10


class StorageError(Exception):
    """The store did not do it now. Does not chain: its errors may carry addresses."""


class Storage:
    """Objects by tenant and id. `url`: s3://bucket/folder and the like, with the vendor's own variables; None: `folder`."""

    def __init__(self, url: str | None, folder: Path) -> None:
        try:
            self._store = from_url(url) if url else LocalStore(folder, mkdir=True)
        except (BaseError, ValueError, OSError) as error:
            raise SettingsError(f"FILES_URL: the store cannot be opened ({type(error).__name__})") from None

    async def put(self, tenant: UUID, id: UUID, content: bytes | IO[bytes]) -> None:
        """Whole or not at all. Raises StorageError."""
        try:
            await obstore.put_async(self._store, _key(tenant, id), content)
        except (BaseError, OSError) as error:
            raise StorageError(type(error).__name__) from None

    async def read(self, tenant: UUID, id: UUID, *, first: int, end: int) -> AsyncGenerator[bytes]:
        """From byte `first` up to `end`, piece by piece. Raises NotFoundError, StorageError."""
        for start in range(first, end, PIECE):
            try:
                piece = await obstore.get_range_async(self._store, _key(tenant, id), start=start, end=min(start + PIECE, end))
            except FileNotFoundError:
                raise NotFoundError from None
            except (BaseError, OSError) as error:
                raise StorageError(type(error).__name__) from None
            yield bytes(piece)

    async def remove(self, tenant: UUID, id: UUID) -> None:
        """Also when it is gone already. Raises StorageError."""
        try:
            await obstore.delete_async(self._store, _key(tenant, id))
        except FileNotFoundError:
            pass
        except (BaseError, OSError) as error:
            raise StorageError(type(error).__name__) from None


def _key(tenant: UUID, id: UUID) -> str:
    return f"{tenant}/{id}"
