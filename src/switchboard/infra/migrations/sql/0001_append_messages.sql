-- The log's batch append. Rows come sorted by (tenant, chat), in their order of arrival within a chat; one result per row:
--   seq, at       stored now, or stored before under this cid with this body (even if the chat has ended since)
--   busy          another transaction holds the chat; nothing of this chat was stored, so its order is kept: send it again
--   no_chat | closed | not_party | cid_reused
-- Errors are results: an exception block would be a subtransaction per row. What still raises (a NUL in a body, a lost
-- connection) fails the whole call before anything is stored: the caller bisects.
create function append_messages(t uuid[], c uuid[], p uuid[], i uuid[], b jsonb[])
returns table (ord int, seq int, at timestamptz, error text)
language plpgsql
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  -- A SET clause on the function would need a superuser's GRANT SET ON PARAMETER.
  came_with text := coalesce(current_setting('app.tenant_id', true), '');
  tenant uuid; current_chat uuid; state text; held boolean; before int; s int;
  first_seq int; first_at timestamptz; same boolean;
begin
  for k in 1 .. coalesce(array_length(c, 1), 0) loop
    if k = 1 or c[k] <> current_chat or t[k] <> tenant then
      if k > 1 and s > before then
        update chat set last_seq = s where tenant_id = tenant and id = current_chat;
      end if;
      if k = 1 or t[k] <> tenant then
        perform set_config('app.tenant_id', t[k]::text, true);
      end if;
      tenant := t[k]; current_chat := c[k];
      -- NO KEY: a plain FOR UPDATE would also be busy while somebody inserts a row that references the chat.
      select x.last_seq, x.status into s, state from chat x
        where x.tenant_id = tenant and x.id = current_chat for no key update skip locked;
      held := found;
      if not held then
        s := 0;
        state := case when exists (select from chat x where x.tenant_id = tenant and x.id = current_chat)
                      then 'busy' else 'no_chat' end;
      end if;
      before := s;
    end if;
    ord := k; seq := null; at := null; error := null;
    if not held then
      error := state;
      return next; continue;
    end if;
    if state in ('waiting', 'active') then
      insert into message (tenant_id, chat_id, seq, party_id, cid, body, at)
        select tenant, current_chat, s + 1, p[k], i[k], b[k], now()
        where exists (select from party y
                      where y.tenant_id = tenant and y.chat_id = current_chat and y.id = p[k] and y.left_at is null)
        on conflict (tenant_id, chat_id, party_id, cid) do nothing;
      if found then
        s := s + 1; seq := s; at := now();
        return next; continue;
      end if;
    end if;
    select m.seq, m.at, m.body = b[k] into first_seq, first_at, same from message m
      where m.tenant_id = tenant and m.chat_id = current_chat and m.party_id = p[k] and m.cid = i[k];
    if not found then
      error := case when state in ('waiting', 'active') then 'not_party' else 'closed' end;
    elsif same then
      seq := first_seq; at := first_at;
    else
      error := 'cid_reused';
    end if;
    return next;
  end loop;
  if s > before then
    update chat set last_seq = s where tenant_id = tenant and id = current_chat;
  end if;
  perform set_config('app.tenant_id', came_with, true);
end $$;
grant execute on function append_messages(uuid[], uuid[], uuid[], uuid[], jsonb[]) to app;

-- Marks only rise. Rows must come sorted by (tenant, chat); each chat's marks as they are now come back once.
create function raise_marks(t uuid[], c uuid[], p uuid[], delivered int[], read int[])
returns table (tenant uuid, chat uuid, visitor_delivered int, visitor_read int, agent_delivered int, agent_read int)
language plpgsql
set search_path = public, pg_temp
as $$
declare came_with text := coalesce(current_setting('app.tenant_id', true), '');
begin
  for k in 1 .. coalesce(array_length(c, 1), 0) loop
    if k = 1 or t[k] <> t[k - 1] then
      perform set_config('app.tenant_id', t[k]::text, true);
    end if;
    update party y set delivered_seq = greatest(y.delivered_seq, least(delivered[k], x.last_seq)),
                       read_seq = greatest(y.read_seq, least(read[k], x.last_seq))
      from chat x
      where y.tenant_id = t[k] and y.chat_id = c[k] and y.id = p[k] and x.tenant_id = t[k] and x.id = c[k];
    if k = array_length(c, 1) or c[k + 1] <> c[k] then
      return query
        select t[k], c[k],
               coalesce(max(y.delivered_seq) filter (where y.side = 'visitor'), 0),
               coalesce(max(y.read_seq) filter (where y.side = 'visitor'), 0),
               coalesce(max(y.delivered_seq) filter (where y.side = 'agent'), 0),
               coalesce(max(y.read_seq) filter (where y.side = 'agent'), 0)
        from party y where y.tenant_id = t[k] and y.chat_id = c[k];
    end if;
  end loop;
  perform set_config('app.tenant_id', came_with, true);
end $$;
grant execute on function raise_marks(uuid[], uuid[], uuid[], int[], int[]) to app;
