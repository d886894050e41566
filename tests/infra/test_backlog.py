"""What a worker tells about the work that waits, and what its log says about who a job is for."""

from datetime import timedelta

from switchboard.infra import due, metrics
from switchboard.infra.backlog import measure
from switchboard.infra.db import Database
from switchboard.infra.ids import new_id
from switchboard.infra.trace import current_trace
from switchboard.infra.works import Works
from tests.cast import Cast


def told(gauge: str) -> float | None:
    return metrics.REGISTRY.get_sample_value(gauge)


async def test_the_oldest_overdue_row_and_the_dead_are_told(database: Database, cast: Cast) -> None:
    async with database.global_tx() as tx:
        for row in await due.alive(tx):
            await tx.session.delete(row)
    await measure(database)
    assert (told("switchboard_work_overdue_seconds"), told("switchboard_dead_letters")) == (0, 0)
    async with database.global_tx() as tx:
        await due.put(tx, "lately", new_id(), tx.now - timedelta(seconds=90))
        await due.put(tx, "later", new_id(), tx.now + timedelta(hours=1))
        await due.put(tx, "never", new_id(), tx.now - timedelta(hours=1))
        [given_up] = await due.claim(tx, ["never"], timedelta(seconds=30), 1)
        await due.give_up(tx, given_up, "NoUseError")
    await measure(database)
    assert 90 <= (told("switchboard_work_overdue_seconds") or 0) < 120
    assert told("switchboard_dead_letters") == 1


async def test_a_job_is_traced_to_its_row_and_tenant(database: Database, cast: Cast) -> None:
    seen: list[tuple[str, str, object]] = []

    async def note(_claimed: due.Due) -> None:
        trace = current_trace()
        assert trace
        seen.append((trace.request, trace.template, trace.tenant))

    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await due.put(tx, "noted", row := new_id())
    async with database.global_tx() as tx:
        [claimed] = await due.claim(tx, ["noted"], timedelta(seconds=30), 1)
    await Works(database, {"noted": note}).perform(claimed)
    assert seen == [(str(row), "noted", cast.acme.tenant_id)]
    assert current_trace() is None
