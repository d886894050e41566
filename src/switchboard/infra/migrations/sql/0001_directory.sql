-- The only two ways across tenants: exact match in, ids out, nothing to list (DESIGN 4.5).
grant select (tenant_id, kind, token_hash, target) on directory to resolver;
grant select (tenant_id, id, user_id) on agent to resolver;
create policy resolver on directory for select to resolver using (true);
create policy resolver on agent for select to resolver using (true);

-- A body in BEGIN ATOMIC is rewritten when it is created; the migrator's row_security = off would refuse it.
set local row_security = on;
create function resolve(k text, h bytea) returns table (tenant_id uuid, target uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  begin atomic
    select d.tenant_id, d.target from public.directory d where d.kind = k and d.token_hash = h;
  end;
create function memberships(u uuid) returns table (tenant_id uuid, agent_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  begin atomic
    select a.tenant_id, a.id from public.agent a where a.user_id = u;
  end;
set local row_security = off;
revoke execute on function resolve(text, bytea), memberships(uuid) from public;
grant execute on function resolve(text, bytea), memberships(uuid) to app;

-- ALTER … OWNER needs CREATE for the new owner, for this moment only.
grant create on schema public to resolver;
alter function resolve(text, bytea) owner to resolver;
alter function memberships(uuid) owner to resolver;
revoke create on schema public from resolver;
