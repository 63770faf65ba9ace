-- An integration that is not called at present, since most of a burst of its calls failed the same way, or since somebody said so.
create table integration_pauses (
  integration text primary key,
  failure     text,                     -- the code that most calls failed with; null when a person paused it
  reason      text not null,
  paused_by   text not null,
  paused_at   timestamptz not null default hotdash_now(),
  probe_at    timestamptz,              -- from then on one call may go, to see; null: only a person ends it
  probes      int not null default 0
);
