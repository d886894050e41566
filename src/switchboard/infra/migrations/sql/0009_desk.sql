CREATE TABLE canned_text (
  tenant_id UUID NOT NULL,
  id UUID NOT NULL,
  agent_id UUID,
  shortcut VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_canned_text PRIMARY KEY (tenant_id, id),
  CONSTRAINT uq_canned_text_tenant_id_agent_id_shortcut UNIQUE NULLS NOT DISTINCT (tenant_id, agent_id, shortcut),
  CONSTRAINT fk_canned_text_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenant (id),
  CONSTRAINT fk_canned_text_tenant_id_agent_id FOREIGN KEY(tenant_id, agent_id) REFERENCES agent (tenant_id, id) ON DELETE CASCADE
);
CREATE TABLE tag (
  tenant_id UUID NOT NULL,
  id UUID NOT NULL,
  key VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_tag PRIMARY KEY (tenant_id, id),
  CONSTRAINT uq_tag_tenant_id_key UNIQUE (tenant_id, key),
  CONSTRAINT fk_tag_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenant (id)
);
CREATE TABLE chat_tag (
  tenant_id UUID NOT NULL,
  chat_id UUID NOT NULL,
  tag_id UUID NOT NULL,
  agent_id UUID,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_chat_tag PRIMARY KEY (tenant_id, chat_id, tag_id),
  CONSTRAINT fk_chat_tag_tenant_id_chat_id FOREIGN KEY(tenant_id, chat_id) REFERENCES chat (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT fk_chat_tag_tenant_id_tag_id FOREIGN KEY(tenant_id, tag_id) REFERENCES tag (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT fk_chat_tag_tenant_id_agent_id FOREIGN KEY(tenant_id, agent_id) REFERENCES agent (tenant_id, id)
    ON DELETE SET NULL (agent_id)
);

-- As in 0008, and the tags of open chats: they stand on the cards of every agent who sees the chat.
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
