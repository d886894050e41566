"""Alive needs no database; ready needs it, with the schema of this code."""

import dataclasses

import httpx

from switchboard.infra.migrate import head
from tests.stack import serving


async def test_a_migrated_database_is_ready(settings) -> None:
    async with serving(settings) as stack, httpx.AsyncClient(base_url=stack.origin) as client:
        assert (await client.get("/readyz")).text == "ready"
        assert (await client.get("/healthz", headers={"host": "10.0.0.1"})).text == "alive"


async def test_another_schema_is_not_ready_and_says_what_to_do(settings, superuser) -> None:
    async with serving(settings) as stack, httpx.AsyncClient(base_url=stack.origin) as client:
        await superuser.execute("update alembic_version set version_num = '0000'")
        try:
            answer = await client.get("/readyz")
        finally:
            await superuser.execute("update alembic_version set version_num = $1", head())
        assert (answer.status_code, answer.text) == (503, f"schema 0000, needed {head()}: run `switchboard migrate`")


async def test_a_database_that_has_gone_is_alive_but_not_ready(settings, superuser) -> None:
    elsewhere = dataclasses.replace(settings)
    async with serving(elsewhere) as stack, httpx.AsyncClient(base_url=stack.origin) as client:
        await superuser.execute("alter role app nologin")
        try:
            await superuser.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'")
            assert (await client.get("/readyz")).status_code == 503
            assert (await client.get("/healthz")).status_code == 200
        finally:
            await superuser.execute("alter role app login")
