-- What a caller's Idempotency-Key was used for, so that repeating the request repeats the answer.
create table idempotency_keys (
  key_id       uuid not null,   -- the api key: callers do not share idempotency keys
  key          text not null,
  request_hash bytea not null,  -- SHA-256 of the request as we understood it
  job_id       text not null,
  created_at   timestamptz not null default hotdash_now(),
  primary key (key_id, key)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);
