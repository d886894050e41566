-- Roles of the cluster (DESIGN 4.4). Run as administrator; may be run again.
do $$
declare r text;
begin
  foreach r in array array['owner nologin', 'resolver nologin', 'migrator login', 'app login', 'jobs login'] loop
    if not exists (select from pg_roles where rolname = split_part(r, ' ', 1)) then
      execute 'create role ' || r;
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'backup') then
    begin
      create role backup login bypassrls;  -- pg_dump refuses FORCEd tables for anybody else
    exception when insufficient_privilege then
      raise notice 'role backup was not created: this server does not let you give BYPASSRLS';
    end;
  end if;
  if exists (select from pg_roles where rolname = 'backup') then
    grant pg_read_all_data to backup;
    execute format('grant connect on database %I to backup', current_database());
  end if;
end $$;

grant owner to migrator with inherit false, set true;
-- INHERIT FALSE matters: an inherited resolver would bring its USING (true) policies to the owner.
grant resolver to owner with inherit false, set true;
alter role migrator set role = 'owner';        -- every session of migrator starts as owner, so owner owns what it creates
alter role migrator set row_security = off;    -- a data migration that forgets the tenant FAILS instead of changing 0 rows
alter role app set search_path = public;
alter role jobs set search_path = saq;

do $$ begin
  execute format('grant owner to %I with inherit false, set true', current_user);
  execute format('alter database %I owner to owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to migrator, app, jobs', current_database());
end $$;
revoke all on schema public from public;
alter schema public owner to owner;
grant usage on schema public to app, resolver;
alter default privileges for role owner revoke execute on functions from public;
create schema if not exists saq authorization jobs;
