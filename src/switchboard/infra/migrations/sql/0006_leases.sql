-- Renews the leases of connected agents, of many tenants in one call: the tenant is set per group, so that the policies check
-- every row. Rows come sorted by tenant. Comes back: each tenant of which somebody was not connected any more, once.
create function renew_leases(t uuid[], a uuid[], lease interval) returns table (tenant uuid)
language plpgsql
set search_path = public, pg_temp
as $$
declare came_with text := coalesce(current_setting('app.tenant_id', true), ''); lapsed boolean; back boolean := false;
begin
  for k in 1 .. coalesce(array_length(t, 1), 0) loop
    if k = 1 or t[k] <> t[k - 1] then
      back := false;
      perform set_config('app.tenant_id', t[k]::text, true);
    end if;
    select y.lease_until <= now() into lapsed from presence y
      where y.tenant_id = t[k] and y.agent_id = a[k] for no key update;
    update presence y set lease_until = now() + lease where y.tenant_id = t[k] and y.agent_id = a[k];
    if lapsed and not back then
      back := true;
      tenant := t[k];
      return next;
    end if;
  end loop;
  perform set_config('app.tenant_id', came_with, true);
end $$;
grant execute on function renew_leases(uuid[], uuid[], interval) to app;
