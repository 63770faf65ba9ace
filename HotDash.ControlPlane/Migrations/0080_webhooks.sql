-- What providers told us. A row is there before the provider gets its answer.
create table webhook_events (
  id          uuid primary key,
  seq         bigint not null generated always as identity, -- the order of arrival
  source      text not null,
  delivery_id text not null,       -- the same for every try of the provider to deliver it
  topic       text not null,
  resource    text not null,       -- what it is about: events of one resource are handled one after the other
  lane        smallint not null,   -- which job handles it; follows from source and resource
  state       text not null default 'pending' check (state in ('pending', 'done', 'ignored', 'poison')),
  received_at timestamptz not null default hotdash_now(),
  due_at      timestamptz not null default hotdash_now(),
  attempts    int not null default 0,
  last_error  text,
  settled_at  timestamptz,         -- when it was handled, ignored or given up
  bytes       int not null,
  body        bytea not null,      -- sealed: customers' names, addresses and words
  unique (source, delivery_id)
);

create index webhook_events_newest on webhook_events (seq);
create index webhook_events_by_topic on webhook_events (source, topic, seq);
create index webhook_events_pending on webhook_events (lane, seq) where state = 'pending';
create index webhook_events_heads on webhook_events (source, resource, seq) where state = 'pending';
create index webhook_events_poison on webhook_events (seq) where state = 'poison';
create index webhook_events_settled on webhook_events (settled_at) where settled_at is not null;
