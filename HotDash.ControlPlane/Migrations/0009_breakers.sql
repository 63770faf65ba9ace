-- What each process last said of its circuit breakers: one element per integration. Believed until it expires.
create table breaker_boards (
  process       text primary key,
  integrations  text[] not null,
  states        text[] not null,         -- closed, open, half-open
  refuses_until timestamptz[] not null,  -- null: the next call goes out
  expires_at    timestamptz not null
);

-- How often a person reset an integration's breaker. A process that sees a higher number than before resets its own.
create table breaker_resets (
  integration text primary key,
  number      bigint not null
);
