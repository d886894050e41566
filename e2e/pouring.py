"""Puts texts straight into rows of the open chat, and reads them on the screens."""

from collections.abc import Callable, Collection
from typing import Any

from playwright.sync_api import Frame, Page

from e2e.canary import Canary

Sql = Callable[..., None]

WRITTEN = """
insert into message (tenant_id, chat_id, seq, party_id, cid, body, at)
select chat.tenant_id, chat.id, chat.last_seq + place, party.id, gen_random_uuid(),
  replace(%s, '"TEXT"', to_jsonb(text)::text)::jsonb, now()
from chat join party on party.chat_id = chat.id and party.side = %s, unnest(%s::text[]) with ordinality as written (text, place)
where chat.status = 'active'"""
TAGGED = """
insert into tag (tenant_id, id, key, name, created_at) select tenant.id, gen_random_uuid(), text, text, now()
from tenant, unnest(%s::text[]) as written (text) where tenant.slug = 'acme';
"""
KEPT = """
insert into canned_text (tenant_id, id, shortcut, text, created_at)
select tenant.id, gen_random_uuid(), '/t' || place, text, now()
from tenant, unnest(%s::text[]) with ordinality as written (text, place) where tenant.slug = 'acme'"""
TAKEN = """
insert into party (tenant_id, chat_id, id, side, agent_id, name, delivered_seq, read_seq)
select chat.tenant_id, chat.id, gen_random_uuid(), 'agent', agent.id, agent.name, 0, 0
from chat join agent on agent.tenant_id = chat.tenant_id and agent.role = 'owner' where chat.status = 'waiting';
update chat set status = 'active', user_agent = chat.name, agent_id = agent.id from agent
where agent.tenant_id = chat.tenant_id and agent.role = 'owner' and chat.status = 'waiting'"""
_ID = "01a20475-bf50-750e-b52d-ada06d5a9abd"
FILE = f'{{"kind": "file", "file": "{_ID}", "name": "TEXT", "media_type": "text/plain", "size": 1}}'
TEXT = '{"kind": "text", "text": "TEXT"}'
NOTE = '{"kind": "note", "text": "TEXT"}'
TRANSFERRED = '{"kind": "transferred", "room": "TEXT", "agent": "TEXT"}'


def shows(where: Page | Frame, texts: list[str], canary: Canary) -> None:
    """Each text is there, letter by letter, and is nothing but text."""
    missing = until(where, lambda: [text for text in texts if text.strip() not in read(where)])
    assert missing == [], f"never shown: {missing}, but {read(where)[-2_000:]}"
    canary.look_into(where if isinstance(where, Page) else where.page)


def read(where: Page | Frame) -> str:
    return where.evaluate("() => document.body.textContent")


def until(where: Page | Frame, missing: Callable[[], Collection[Any]]) -> Collection[Any]:
    """What is still missing after a while; returns at once when nothing is.

    One look decides: a page that starts may show it, then something else, then it.
    """
    left = missing()
    for _ in range(100):
        if not left:
            break
        # A long log is drawn as it is scrolled.
        where.evaluate("() => document.querySelector('[role=log]')?.scrollTo(0, -1e7)")
        where.wait_for_timeout(100)
        left = missing()
    return left
