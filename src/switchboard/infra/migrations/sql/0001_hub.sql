-- The comparisons that catch lost wake-ups (DESIGN 5). Both set the tenant per group, so that the policies check every row:
-- no definer function, no global table. Rows must come sorted by tenant.

-- Which of the chats that a process serves have grown beyond what it has seen?
create function grown(t uuid[], c uuid[], seen int[]) returns table (ord int, last_seq int)
language plpgsql stable
set search_path = public, pg_temp
as $$
declare came_with text := coalesce(current_setting('app.tenant_id', true), ''); s int;
begin
  for k in 1 .. coalesce(array_length(c, 1), 0) loop
    if k = 1 or t[k] <> t[k - 1] then
      perform set_config('app.tenant_id', t[k]::text, true);
    end if;
    select x.last_seq into s from chat x where x.tenant_id = t[k] and x.id = c[k];
    if s > seen[k] then
      ord := k; last_seq := s;
      return next;
    end if;
  end loop;
  perform set_config('app.tenant_id', came_with, true);
end $$;
grant execute on function grown(uuid[], uuid[], int[]) to app;

-- What the desk of each tenant looks like, in one word: open chats, choices, slots, and who is connected.
-- Time passes without a transaction: a lease that lapsed changes the word, too.
create function desk_signatures(t uuid[]) returns table (ord int, signature text)
language plpgsql stable
set search_path = public, pg_temp
as $$
declare came_with text := coalesce(current_setting('app.tenant_id', true), '');
begin
  for k in 1 .. coalesce(array_length(t, 1), 0) loop
    perform set_config('app.tenant_id', t[k]::text, true);
    ord := k;
    select md5(
      coalesce((select string_agg(x.id::text || x.status || coalesce(x.agent_id::text, ''), ',' order by x.id)
                from chat x where x.tenant_id = t[k] and x.status in ('waiting', 'active')), '')
      || '|' ||
      coalesce((select string_agg(y.agent_id::text || y.availability || y.used || '/' || y.capacity
                                  || (y.lease_until > now())::text, ',' order by y.agent_id)
                from presence y where y.tenant_id = t[k]), ''))
      into signature;
    return next;
  end loop;
  perform set_config('app.tenant_id', came_with, true);
end $$;
grant execute on function desk_signatures(uuid[]) to app;
