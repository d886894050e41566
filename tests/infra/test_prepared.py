"""A prepared statement outlives its connection, also one that died while nobody used it."""

import asyncio

import asyncpg
import pytest

from switchboard.infra.prepared import Prepared

KILL = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'prepared'"


async def test_a_connection_that_died_idle_costs_one_call_at_most(settings, superuser) -> None:
    pool = await asyncpg.create_pool(settings.as_app, min_size=1, max_size=1, server_settings={"application_name": "prepared"})
    one = Prepared(pool, "select $1::int as it")
    try:
        for turn in range(3):
            assert (await one.fetch(turn))[0]["it"] == turn
            held = one._connection
            assert held is not None
            await superuser.execute(KILL)
            async with asyncio.timeout(5):
                while not is_back_in_the_pool(held):
                    await asyncio.sleep(0.01)
            with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
                await one.fetch(turn)
        assert (await one.fetch(7))[0]["it"] == 7
    finally:
        await one.close()
        await pool.close()


def is_back_in_the_pool(held: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]") -> bool:
    try:
        return held.is_closed()
    except asyncpg.InterfaceError:
        return True
