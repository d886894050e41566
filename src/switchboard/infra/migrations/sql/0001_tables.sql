CREATE TABLE tenant (
  id UUID NOT NULL,
  slug VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_tenant PRIMARY KEY (id),
  CONSTRAINT uq_tenant_slug UNIQUE (slug)
);
CREATE TABLE "user" (
  id UUID NOT NULL,
  email VARCHAR NOT NULL,
  password_hash VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_user PRIMARY KEY (id),
  CONSTRAINT uq_user_email UNIQUE (email)
);
CREATE TABLE agent (
  tenant_id UUID NOT NULL,
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  name VARCHAR NOT NULL,
  role VARCHAR(32) NOT NULL,
  CONSTRAINT pk_agent PRIMARY KEY (tenant_id, id),
  CONSTRAINT uq_agent_tenant_id_user_id UNIQUE (tenant_id, user_id),
  CONSTRAINT fk_agent_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenant (id),
  CONSTRAINT fk_agent_user_id FOREIGN KEY(user_id) REFERENCES "user" (id)
);
CREATE INDEX ix_agent_user_id ON agent (user_id);
CREATE TABLE customer (
  tenant_id UUID NOT NULL,
  id UUID NOT NULL,
  name VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_customer PRIMARY KEY (tenant_id, id),
  CONSTRAINT fk_customer_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenant (id)
);
CREATE TABLE directory (
  tenant_id UUID NOT NULL,
  kind VARCHAR NOT NULL,
  token_hash BYTEA NOT NULL,
  target UUID NOT NULL,
  CONSTRAINT pk_directory PRIMARY KEY (kind, token_hash),
  CONSTRAINT ck_directory_sha256 CHECK (length(token_hash) = 32),
  CONSTRAINT fk_directory_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenant (id)
);
CREATE TABLE room (
  tenant_id UUID NOT NULL,
  id UUID NOT NULL,
  name VARCHAR NOT NULL,
  token VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_room PRIMARY KEY (tenant_id, id),
  CONSTRAINT uq_room_tenant_id_name UNIQUE (tenant_id, name),
  CONSTRAINT fk_room_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenant (id)
);
CREATE TABLE user_session (
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  token_hash BYTEA NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_user_session PRIMARY KEY (id),
  CONSTRAINT fk_user_session_user_id FOREIGN KEY(user_id) REFERENCES "user" (id) ON DELETE CASCADE,
  CONSTRAINT uq_user_session_token_hash UNIQUE (token_hash)
);
CREATE INDEX ix_user_session_user_id ON user_session (user_id);
CREATE TABLE assignment (
  tenant_id UUID NOT NULL,
  room_id UUID NOT NULL,
  agent_id UUID NOT NULL,
  CONSTRAINT pk_assignment PRIMARY KEY (tenant_id, room_id, agent_id),
  CONSTRAINT fk_assignment_tenant_id_room_id FOREIGN KEY(tenant_id, room_id) REFERENCES room (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT fk_assignment_tenant_id_agent_id FOREIGN KEY(tenant_id, agent_id) REFERENCES agent (tenant_id, id) ON DELETE CASCADE
);
CREATE TABLE chat (
  tenant_id UUID NOT NULL,
  id UUID NOT NULL,
  room_id UUID NOT NULL,
  customer_id UUID NOT NULL,
  cid UUID NOT NULL,
  status VARCHAR(32) NOT NULL,
  since TIMESTAMP WITH TIME ZONE NOT NULL,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  name VARCHAR NOT NULL,
  question VARCHAR NOT NULL,
  page VARCHAR,
  agent_id UUID,
  last_seq INTEGER NOT NULL,
  CONSTRAINT pk_chat PRIMARY KEY (tenant_id, id),
  CONSTRAINT fk_chat_tenant_id_room_id FOREIGN KEY(tenant_id, room_id) REFERENCES room (tenant_id, id),
  CONSTRAINT fk_chat_tenant_id_customer_id FOREIGN KEY(tenant_id, customer_id) REFERENCES customer (tenant_id, id),
  CONSTRAINT fk_chat_tenant_id_agent_id FOREIGN KEY(tenant_id, agent_id) REFERENCES agent (tenant_id, id) ON DELETE SET NULL (agent_id),
  CONSTRAINT uq_chat_tenant_id_customer_id_cid UNIQUE (tenant_id, customer_id, cid),
  CONSTRAINT ck_chat_active_has_agent CHECK (status <> 'active' or agent_id is not null)
)
 WITH (fillfactor = 70);
CREATE INDEX ix_chat_open ON chat (tenant_id, status) WHERE status in ('waiting', 'active');
CREATE INDEX ix_chat_ended ON chat (tenant_id, since) WHERE status in ('closed', 'abandoned');
CREATE TABLE presence (
  tenant_id UUID NOT NULL,
  agent_id UUID NOT NULL,
  availability VARCHAR(32) NOT NULL,
  lease_until TIMESTAMP WITH TIME ZONE NOT NULL,
  capacity INTEGER NOT NULL,
  used INTEGER NOT NULL,
  CONSTRAINT pk_presence PRIMARY KEY (tenant_id, agent_id),
  CONSTRAINT fk_presence_tenant_id_agent_id FOREIGN KEY(tenant_id, agent_id) REFERENCES agent (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT ck_presence_used CHECK (used >= 0)
);
CREATE TABLE message (
  tenant_id UUID NOT NULL,
  chat_id UUID NOT NULL,
  seq INTEGER NOT NULL,
  party_id UUID NOT NULL,
  cid UUID NOT NULL,
  body JSONB NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_message PRIMARY KEY (tenant_id, chat_id, seq),
  CONSTRAINT fk_message_tenant_id_chat_id FOREIGN KEY(tenant_id, chat_id) REFERENCES chat (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT uq_message_tenant_id_chat_id_party_id_cid UNIQUE (tenant_id, chat_id, party_id, cid)
);
CREATE TABLE party (
  tenant_id UUID NOT NULL,
  chat_id UUID NOT NULL,
  id UUID NOT NULL,
  side VARCHAR(32) NOT NULL,
  agent_id UUID,
  name VARCHAR NOT NULL,
  left_at TIMESTAMP WITH TIME ZONE,
  delivered_seq INTEGER NOT NULL,
  read_seq INTEGER NOT NULL,
  CONSTRAINT pk_party PRIMARY KEY (tenant_id, chat_id, id),
  CONSTRAINT fk_party_tenant_id_chat_id FOREIGN KEY(tenant_id, chat_id) REFERENCES chat (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT fk_party_tenant_id_agent_id FOREIGN KEY(tenant_id, agent_id) REFERENCES agent (tenant_id, id) ON DELETE SET NULL (agent_id),
  CONSTRAINT uq_party_tenant_id_chat_id_agent_id UNIQUE (tenant_id, chat_id, agent_id)
);
