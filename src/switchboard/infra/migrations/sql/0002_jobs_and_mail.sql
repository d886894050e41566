CREATE TABLE due (
  kind VARCHAR NOT NULL,
  tenant_id UUID NOT NULL,
  id UUID NOT NULL,
  due_at TIMESTAMP WITH TIME ZONE NOT NULL,
  since TIMESTAMP WITH TIME ZONE NOT NULL,
  attempts INTEGER NOT NULL,
  error VARCHAR,
  dead_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_due PRIMARY KEY (kind, tenant_id, id)
)
 WITH (fillfactor = 70);
CREATE INDEX ix_due_alive ON due (kind, due_at) WHERE dead_at is null;
CREATE TABLE outbox (
  tenant_id UUID NOT NULL,
  id UUID NOT NULL,
  job VARCHAR NOT NULL,
  arguments JSONB NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_outbox PRIMARY KEY (tenant_id, id),
  CONSTRAINT fk_outbox_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenant (id)
);
CREATE TABLE mail (
  tenant_id UUID NOT NULL,
  id UUID NOT NULL,
  recipient VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  html VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_mail PRIMARY KEY (tenant_id, id),
  CONSTRAINT fk_mail_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenant (id)
);
