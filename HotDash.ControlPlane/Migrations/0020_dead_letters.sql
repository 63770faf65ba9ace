-- Why letters are here. Few rows, since a summary is in our own words: a filter is turned into causes first, so that a list reads
-- only what it shows, however many letters there are.
create table dead_letter_causes (
  id          int generated always as identity primary key,
  integration text not null,
  operation   text not null,
  failure     text not null, -- a code of docs/errors.md
  summary     text not null,
  unique (integration, operation, failure, summary)
);

-- A write that could not be delivered, or of which nobody knows whether it was.
create table dead_letters (
  id              uuid primary key,
  cause_id        int not null references dead_letter_causes,
  state           text not null check (state in ('pending', 'replaying', 'replayed', 'unknown', 'discarded')),
  kept_at         timestamptz not null default hotdash_now(),
  request         bytea not null, -- sealed: the path and the headers may hold what nobody should read, too
  attempts        int not null,
  first_at        timestamptz not null,
  last_at         timestamptz not null,
  trace_id        text,
  idempotency_key text,
  origin          text,           -- who asked for the write
  subject         text unique,    -- what of ours it stands for, which knows its own way to be sent again; it has one letter
  unknown_at      timestamptz,    -- by then the call had certainly ended
  replay_id       uuid,           -- the replay that has it, or had it last
  attempt_id      uuid,           -- the call of that replay that is under way
  attempt_at      timestamptz,
  settled_at      timestamptz,    -- when it was replayed or discarded
  settled_by      text,
  settled_why     text
);

create index dead_letters_newest on dead_letters (kept_at desc, id desc);
create index dead_letters_by_state on dead_letters (state, kept_at desc, id desc);
create index dead_letters_by_cause on dead_letters (cause_id, kept_at desc, id desc);
create index dead_letters_by_cause_and_state on dead_letters (cause_id, state, kept_at desc, id desc);
create index dead_letters_settled on dead_letters (settled_at) where settled_at is not null;

-- How many letters there are: what was counted, and the changes since, which a job folds into it. Writers only append, so that a
-- thousand letters at once do not wait for each other at one counter.
create table dead_letter_counts (
  cause_id int not null,
  state    text not null,
  letters  bigint not null,
  primary key (cause_id, state)
);

create table dead_letter_changes (
  cause_id int not null,
  state    text not null,
  letters  bigint not null
);

create function dead_letters_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into dead_letter_changes select cause_id, state, count(*) from added group by cause_id, state;
  elsif tg_op = 'DELETE' then
    insert into dead_letter_changes select cause_id, state, -count(*) from removed group by cause_id, state;
  else
    insert into dead_letter_changes
    select cause_id, state, sum(letters)
    from (select cause_id, state, 1 as letters from added union all select cause_id, state, -1 from removed) changed
    group by cause_id, state having sum(letters) <> 0;
  end if;
  return null;
end $$;

create trigger dead_letters_added after insert on dead_letters
  referencing new table as added for each statement execute function dead_letters_changed();
create trigger dead_letters_removed after delete on dead_letters
  referencing old table as removed for each statement execute function dead_letters_changed();
create trigger dead_letters_updated after update on dead_letters
  referencing old table as removed new table as added for each statement execute function dead_letters_changed();
