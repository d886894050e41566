"""`switchboard worker` whose jobs take their time between effect and commit: something to be killed in.

python -m tests.worker.slow [apart] [short]
apart: sabotaged, the effect is committed apart from the job's end; short: leases of 5 s, so that a test need not wait for 30
"""

import asyncio
import sys
from datetime import timedelta
from typing import Any

from switchboard.accounts.welcome import welcome_owner
from switchboard.infra import relay, works
from switchboard.infra.db import TenantTx
from switchboard.settings import from_process
from switchboard.wiring import listening_database, work
from switchboard.worker import main

TAKES_S = 0.4


async def slowly(letters: Any, tx: TenantTx, fact: Any) -> None:
    await welcome_owner(letters, tx, fact)
    await tx.session.flush()
    await asyncio.sleep(TAKES_S)


async def slowly_apart(letters: Any, tx: TenantTx, fact: Any) -> None:
    async def effect() -> None:
        async with listening_database(from_process().as_app).tenant_tx(tx.tenant_id, "sabotage") as own:
            await welcome_owner(letters, own, fact)

    await asyncio.create_task(effect())
    await asyncio.sleep(TAKES_S)


if __name__ == "__main__":
    if "short" in sys.argv:
        relay.LEASE = works.LEASE = timedelta(seconds=5)
    work.welcome_owner = slowly_apart if "apart" in sys.argv else slowly  # type: ignore[assignment]
    main()
