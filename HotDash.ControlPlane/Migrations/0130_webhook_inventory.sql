-- What a provider said when it was last asked what it sends us, and what we may have missed.
create table webhook_subscriptions (
  source       text primary key,
  topics       text[] not null,        -- subscribed for our address
  checked_at   timestamptz not null,
  missed_since timestamptz,            -- what happened since then is still to be read
  filled_at    timestamptz             -- when that was last done
);

alter table webhook_events add column backfilled boolean not null default false; -- read from the provider, not delivered by it
alter table webhook_events add column mark text;                                  -- what happened, however it was told; set when it was handled

create index webhook_events_marks on webhook_events (source, resource, topic, mark) where mark is not null;

-- The gaps between a topic's deliveries come from the index alone.
create index webhook_events_of_topic on webhook_events (source, topic, seq) include (received_at, backfilled);
drop index webhook_events_by_topic;

-- Some providers sign with a secret of their own making, which they tell to whoever subscribes.
create table webhook_secrets (
  id         uuid primary key,
  source     text not null,
  secret     bytea not null,           -- sealed
  learned_at timestamptz not null default hotdash_now()
);
