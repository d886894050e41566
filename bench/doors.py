"""What clients ask for over HTTP before they open a socket."""

from types import TracebackType
from typing import Self

import aiohttp

from switchboard.accounts.access import SESSION_COOKIE


class Doors:
    """One installation, by its public address. Keeps no cookies: every caller is somebody else."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), headers={"origin": url}, raise_for_status=True, trust_env=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.close()

    async def visitor_token(self, room: str) -> str:
        async with self._http.post(f"{self.url}/c/{room}/visitor") as answer:
            return (await answer.json())["token"]

    async def sign_in(self, email: str, password: str) -> str:
        """The session's cookie, as `name=value`. Raises PermissionError."""
        async with self._http.get(f"{self.url}/sign-in") as page:
            csrf = page.cookies["sb_csrf"].value
        async with self._http.post(
            f"{self.url}/sign-in",
            data={"email": email, "password": password},
            headers={"cookie": f"sb_csrf={csrf}", "x-csrftoken": csrf},
            allow_redirects=False,
            raise_for_status=False,
        ) as answer:
            if SESSION_COOKIE not in answer.cookies:
                raise PermissionError(f"{email} cannot sign in at {self.url}: {answer.status}")
            return f"{SESSION_COOKIE}={answer.cookies[SESSION_COOKIE].value}"

    async def page(self, path: str, cookie: str = "") -> bytes:
        """What a browser gets, unpacked."""
        async with self._http.get(self.url + path, headers={"cookie": cookie}) as answer:
            return await answer.read()
