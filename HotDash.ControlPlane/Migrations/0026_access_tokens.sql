-- Access tokens of providers, for all processes. One of them fetches a new one; who, and until when the others leave it to that one.
create table access_tokens (
  name           text primary key,
  version        bigint not null,
  sealed         bytea,           -- null: none yet
  good_until     timestamptz,     -- some time before it expires
  fetcher        uuid,
  fetching_until timestamptz
);
