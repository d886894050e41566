"""The page of all states is there under `up` and nowhere else."""

import dataclasses

import httpx
import pytest

from switchboard.errors import SettingsError
from switchboard.settings import Settings, from_environment
from switchboard.supervisor import commands
from tests.stack import serving

GIVEN = {"SECRET_KEY": "s" * 32, "DATABASE_URL": "postgresql://root:pw@db:5433/chat"}


async def test_without_the_setting_there_is_no_such_page(client: httpx.AsyncClient) -> None:
    for address in ("/dev/ui", "/dev/ui?app=console", "/dev/"):
        assert (await client.get(address)).status_code == 404


async def test_with_the_setting_it_is_a_page_like_any_other(settings: Settings) -> None:
    async with (
        serving(dataclasses.replace(settings, dev_pages=True)) as stack,
        httpx.AsyncClient(base_url=stack.origin) as client,
    ):
        for app in ("widget", "console"):
            page = await client.get(f"/dev/ui?app={app}")
            assert page.status_code == 200
            assert "'nonce-" in page.headers["content-security-policy"]
            assert "unsafe" not in page.headers["content-security-policy"]
        assert (await client.get("/dev/ui?app=../customer")).status_code == 400


def test_a_process_shows_it_only_when_it_is_told_to() -> None:
    said: list[dict[str, str]] = [{}, {"DEV_PAGES": "off"}, {"DEV_PAGES": "on"}]
    assert [from_environment(GIVEN | given).dev_pages for given in said] == [False, False, True]
    with pytest.raises(SettingsError, match="DEV_PAGES=yes"):
        from_environment(GIVEN | {"DEV_PAGES": "yes"})


def test_up_tells_its_web_process() -> None:
    assert commands.web(from_environment(GIVEN)).environment["DEV_PAGES"] == "on"
