"""Messages that were stored long ago, in chats that have ended: written in bulk, as the database's superuser."""

import asyncpg

PER_CHAT = 1_000

# No triggers: foreign keys hold by construction, and checking them is most of the time.
_STORE = """
set session_replication_role = replica;
create temporary table old as
  select r.tenant_id, gen_random_uuid() as chat, gen_random_uuid() as party, r.id as room, c.id as customer
  from (select * from room order by id limit 1) r
  join lateral (select id from customer where tenant_id = r.tenant_id limit 1) c on true
  cross join generate_series(1, {chats});
insert into chat (tenant_id, id, room_id, customer_id, cid, status, since, opened_at, name, question, last_seq)
  select tenant_id, chat, room, customer, chat, 'abandoned', now() - interval '1 year', now() - interval '1 year', 'Old', '?',
         {per_chat}
  from old;
insert into party (tenant_id, chat_id, id, side, name, delivered_seq, read_seq)
  select tenant_id, chat, party, 'visitor', 'Old', {per_chat}, {per_chat} from old;
insert into message (tenant_id, chat_id, seq, party_id, cid, body, at)
  select tenant_id, chat, seq, party, gen_random_uuid(),
         '{{"kind": "text", "text": "An older message, about as long as most of them are in a chat about bicycles."}}',
         now() - interval '1 year'
  from old cross join generate_series(1, {per_chat}) seq;
drop table old;
set session_replication_role = origin;
"""


async def store(administrator: str, messages: int) -> None:
    """That many more, in whole chats. Returns after a checkpoint: writing them back is no part of what is measured next."""
    per_chat = min(PER_CHAT, messages)
    connection: asyncpg.Connection = await asyncpg.connect(administrator)
    try:
        await connection.execute(_STORE.format(chats=messages // per_chat, per_chat=per_chat), timeout=3600)
        await connection.execute("checkpoint", timeout=600)
    finally:
        await connection.close()
