-- The last good live answer of a read. Text, not jsonb: jsonb refuses \u0000, which a provider may send.
create table snapshots (
  key   text primary key,
  body  text not null,
  as_of timestamptz not null
);
