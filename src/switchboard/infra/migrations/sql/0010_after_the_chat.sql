CREATE TABLE rating (
  tenant_id UUID NOT NULL,
  chat_id UUID NOT NULL,
  party_id UUID NOT NULL,
  stars INTEGER NOT NULL,
  comment VARCHAR,
  rated_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_rating PRIMARY KEY (tenant_id, chat_id),
  CONSTRAINT fk_rating_tenant_id_chat_id FOREIGN KEY(tenant_id, chat_id) REFERENCES chat (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT fk_rating_tenant_id_chat_id_party_id FOREIGN KEY(tenant_id, chat_id, party_id)
    REFERENCES party (tenant_id, chat_id, id) ON DELETE CASCADE,
  CONSTRAINT ck_rating_stars CHECK (stars between 1 and 5)
);
CREATE TABLE window_code (
  tenant_id UUID NOT NULL,
  code_hash BYTEA NOT NULL,
  visitor_id UUID NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_window_code PRIMARY KEY (tenant_id, code_hash),
  CONSTRAINT fk_window_code_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenant (id)
);
ALTER TABLE customer ADD COLUMN forgotten_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX ix_directory_tenant_id_target ON directory (tenant_id, target);
