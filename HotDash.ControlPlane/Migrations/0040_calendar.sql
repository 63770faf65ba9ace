-- An entry of somebody's plan, and the event of a calendar that mirrors it.
create table calendar_events (
  event_id      text primary key, -- ours to choose, made of plan and item: a call that is repeated meets its own effect
  source        text not null check (source in ('google-calendar', 'mock')),
  plan_id       text not null,    -- the caller's names
  item_id       text not null,
  key_id        uuid not null,    -- the api key that asked last
  content       jsonb not null,   -- as it should be there
  wanted        bool not null default true, -- false: it should not be there
  overwrite     bool not null default false, -- what somebody changed there may be replaced
  state         text not null check (state in ('waiting', 'done', 'changed_there', 'deleted_there', 'failed')),
  sync_job      uuid,             -- the queued job that brings it there; an older job for this event has nothing to do
  writer        uuid,             -- the last job that may have made a call for it
  etag          text,             -- the provider's, after our last write
  updated_there timestamptz,      -- by the provider's clock: what is older is known already
  changed       text[] not null default '{}', -- what is different there
  link          text,
  error         text,
  accepted_at   timestamptz not null default hotdash_now(),
  unique (source, plan_id, item_id)
);

-- How far each calendar has been read.
create table calendar_cursors (
  calendar_id text primary key,
  sync_token  text not null,
  compared_at timestamptz not null
);
