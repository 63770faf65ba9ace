-- A replay begins as a preview: which letters it is about is frozen then.
create table dead_letter_replays (
  id          uuid primary key,
  state       text not null check (state in ('preview', 'running', 'paused', 'stopped', 'cancelled', 'done')),
  asked_by    text not null,
  why         text,
  stop_share  double precision not null, -- stops itself when a larger share of what was sent fails again
  run_job     uuid,                      -- the queued job that works on it; an older one has nothing to do
  total       int not null,
  -- what became of the letters
  replayed    int not null default 0,
  found       int not null default 0,    -- looked up: the effect was there, nothing was sent
  failed      int not null default 0,
  skipped     int not null default 0,
  -- what the preview saw, of letters whose outcome is unknown
  to_look     int not null default 0,
  look_found  int not null default 0,
  look_absent int not null default 0,
  look_unclear int not null default 0,
  message     text,                      -- why it waits, or stopped
  created_at  timestamptz not null default hotdash_now(),
  started_at  timestamptz,
  ended_at    timestamptz
);

-- What a replay is about, as the preview counted it.
create table dead_letter_replay_groups (
  replay_id uuid not null references dead_letter_replays on delete cascade,
  cause_id  int not null references dead_letter_causes,
  state     text not null,
  letters   int not null,
  primary key (replay_id, cause_id, state)
);

create index dead_letter_replays_newest on dead_letter_replays (created_at desc, id desc);

create table dead_letter_replay_items (
  replay_id uuid not null references dead_letter_replays on delete cascade,
  letter_id uuid not null references dead_letters on delete cascade,
  look      text check (look in ('due', 'found', 'absent', 'unclear')),
  result    text check (result in ('replayed', 'found', 'failed', 'skipped')), -- null: still to be done
  sends     int not null default 0,
  due_at    timestamptz not null default hotdash_now(),
  message   text,
  primary key (replay_id, letter_id)
);

create index dead_letter_replay_items_open on dead_letter_replay_items (replay_id, due_at, letter_id) where result is null;
create index dead_letter_replay_items_to_look on dead_letter_replay_items (replay_id, letter_id) where look = 'due';
create index dead_letter_replay_items_by_letter on dead_letter_replay_items (letter_id);
