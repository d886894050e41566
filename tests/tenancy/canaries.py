"""A random word in everything a tenant owns, by who may read it; found in an answer, a frame or a log, it names the leak."""

import asyncpg

HOUSE = "house"  # names of the business, its rooms and agents: public where a room's page is
TEAM = "team"  # who a visitor is, what they asked first, agents' addresses: every agent of the tenant
TALK = "talk"  # what was said: the parties of the chat


def canary(slug: str, reach: str) -> str:
    return f"canary-{slug}-{reach}"


def foreign_words(words: tuple[str, ...], output: str) -> list[str]:
    """Which of these canaries stand in the output."""
    return [word for word in words if word in output]


async def mark_rows(superuser: asyncpg.Connection, slug: str) -> None:
    """The rows that a tenant has from the start; what people write carries its canary by itself."""
    house, team = canary(slug, HOUSE), canary(slug, TEAM)
    tenant = await superuser.fetchval("select id from tenant where slug = $1", slug)
    await superuser.execute("update tenant set name = name || ' ' || $2 where id = $1", tenant, house)
    await superuser.execute("update room set name = name || ' ' || $2 where tenant_id = $1", tenant, house)
    await superuser.execute("update agent set name = name || ' ' || $2 where tenant_id = $1", tenant, house)
    await superuser.execute(
        "update \"user\" set email = $2 || '.' || email where id in (select user_id from agent where tenant_id = $1) "
        "and email not like 'canary-%'",
        tenant,
        team,
    )
