CREATE TABLE mail_token (
  id UUID NOT NULL,
  purpose VARCHAR(32) NOT NULL,
  token_hash BYTEA NOT NULL,
  email VARCHAR NOT NULL,
  details JSONB,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  used_at TIMESTAMP WITH TIME ZONE,
  sent_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_mail_token PRIMARY KEY (id),
  CONSTRAINT uq_mail_token_token_hash UNIQUE (token_hash)
);
CREATE INDEX ix_mail_token_email ON mail_token (email);
CREATE INDEX ix_mail_token_expires_at ON mail_token (expires_at);
-- Counts of the last minutes: after a crash they begin anew, and writing them costs no log.
CREATE UNLOGGED TABLE rate_limit (
  key BYTEA NOT NULL,
  tat TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_rate_limit PRIMARY KEY (key)
)
 WITH (fillfactor = 70);
CREATE INDEX ix_rate_limit_tat ON rate_limit (tat);
ALTER TABLE tenant
  ADD COLUMN account_type VARCHAR(32) NOT NULL DEFAULT 'company',
  ADD COLUMN time_zone VARCHAR NOT NULL DEFAULT 'UTC',
  ADD COLUMN currency VARCHAR NOT NULL DEFAULT 'USD';
ALTER TABLE user_session
  ADD COLUMN device VARCHAR NOT NULL DEFAULT '',
  ADD COLUMN seen_at TIMESTAMP WITH TIME ZONE;
UPDATE user_session SET seen_at = created_at;
ALTER TABLE user_session ALTER COLUMN seen_at SET NOT NULL, ALTER COLUMN seen_at SET DEFAULT now();

-- GCRA: `tat` is when the bucket would be empty again. `times` may come at once, then one more per `within / times`.
-- The turn is taken or refused by one statement, under the row's lock: read-then-write lets parallel tries pass together.
-- What is refused moves nothing, so who goes on trying is not shut out for longer. Returns the seconds to wait, 0 = it passes.
create function take_turn(k bytea, times integer, within interval) returns double precision
  language plpgsql volatile security invoker set search_path = pg_catalog, pg_temp
as $$
declare
  one constant interval := within / times;
  free_at timestamptz;
begin
  insert into public.rate_limit as r (key, tat) values (k, clock_timestamp() + one)
    on conflict (key) do update set tat = greatest(r.tat, clock_timestamp()) + one
    where greatest(r.tat, clock_timestamp()) + one <= clock_timestamp() + within;
  if found then
    return 0;
  end if;
  select r.tat + one - within into free_at from public.rate_limit r where r.key = k;
  return greatest(extract(epoch from free_at - clock_timestamp()), 0.001);
end $$;
revoke execute on function take_turn(bytea, integer, interval) from public;
grant execute on function take_turn(bytea, integer, interval) to app;
