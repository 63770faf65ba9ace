create table api_keys (
  id           uuid primary key,
  name         text not null,
  hash         bytea not null unique, -- SHA-256 of the token, which is 256 random bits: no salt or stretching is needed
  scopes       text[] not null,
  created_at   timestamptz not null default hotdash_now(),
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
