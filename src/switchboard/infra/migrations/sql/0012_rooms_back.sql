drop index uq_room_tenant_id_name;
alter table room add constraint uq_room_tenant_id_name unique (tenant_id, name);
alter table room drop constraint ck_room_paused_by;
alter table room drop column place, drop column paused_by, drop column gone_at;

create or replace function desk_signatures(t uuid[]) returns table (ord int, signature text)
language plpgsql stable
set search_path = public, pg_temp
as $$
declare came_with text := coalesce(current_setting('app.tenant_id', true), '');
begin
  for k in 1 .. coalesce(array_length(t, 1), 0) loop
    perform set_config('app.tenant_id', t[k]::text, true);
    ord := k;
    select md5(
      coalesce((select string_agg(x.id::text || x.status || x.room_id::text || coalesce(x.agent_id::text, '')
                                  || coalesce(x.transferred_by::text, ''), ',' order by x.id)
                from chat x where x.tenant_id = t[k] and x.status in ('waiting', 'active')), '')
      || '|' ||
      coalesce((select string_agg(y.agent_id::text || y.availability || y.used || '/' || y.capacity
                                  || (y.lease_until > now())::text, ',' order by y.agent_id)
                from presence y where y.tenant_id = t[k]), '')
      || '|' ||
      coalesce((select string_agg(z.room_id::text || z.agent_id::text, ',' order by z.room_id, z.agent_id)
                from assignment z where z.tenant_id = t[k]), '')
      || '|' ||
      coalesce((select string_agg(r.id::text || r.name, ',' order by r.id) from room r where r.tenant_id = t[k]), '')
      || '|' ||
      coalesce((select string_agg(w.chat_id::text || w.tag_id::text, ',' order by w.chat_id, w.tag_id)
                from chat_tag w join chat x on x.tenant_id = w.tenant_id and x.id = w.chat_id
                where w.tenant_id = t[k] and x.status in ('waiting', 'active')), ''))
      into signature;
    return next;
  end loop;
  perform set_config('app.tenant_id', came_with, true);
end $$;
