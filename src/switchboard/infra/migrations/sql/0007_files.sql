CREATE TABLE file (
  tenant_id UUID NOT NULL,
  id UUID NOT NULL,
  chat_id UUID NOT NULL,
  party_id UUID NOT NULL,
  state VARCHAR(32) NOT NULL,
  name VARCHAR NOT NULL,
  media_type VARCHAR NOT NULL,
  size INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  seconds FLOAT,
  cid UUID,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_file PRIMARY KEY (tenant_id, id),
  CONSTRAINT fk_file_tenant_id_chat_id_party_id FOREIGN KEY(tenant_id, chat_id, party_id)
    REFERENCES party (tenant_id, chat_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_file_of_party ON file (tenant_id, chat_id, party_id);
