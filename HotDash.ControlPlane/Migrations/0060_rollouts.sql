-- Staged raises of flags: of each flag the one that runs, or the last one. Written in one transaction with the flag; who changed what is in the audit.
create table rollouts (
  flag          bigint primary key references flags on delete cascade,
  run           uuid not null,                      -- each start is a run of its own
  version       bigint not null default 1,
  state         text not null check (state in ('RUNNING', 'AWAITING_APPROVAL', 'PAUSED', 'COMPLETED', 'ROLLED_BACK')),
  stage         int not null check (stage between 0 and 6),
  target        int not null check (target between 1 and 6),
  last_good     int check (last_good between 1 and 6), -- the last stage of this run that was left in good health
  cohorts       text[] not null,                    -- those of the flag when it was started
  options       jsonb not null,
  why           text not null,                      -- the last change
  started_at    timestamptz not null default hotdash_now(),
  started_by    text not null,
  stage_at      timestamptz not null default hotdash_now(), -- since then the stage is judged: when it began or was resumed
  next_check_at timestamptz not null,
  checked_at    timestamptz,
  verdict       text,
  verdict_why   text,
  evidence      jsonb not null
);

create index rollouts_due on rollouts (next_check_at) where state in ('RUNNING', 'AWAITING_APPROVAL', 'PAUSED');

-- What checks found. Checks in a row that found the same are one row.
create table rollout_checks (
  id           bigint generated always as identity primary key,
  run          uuid not null,
  flag         text not null,
  at           timestamptz not null default hotdash_now(),
  last_at      timestamptz not null default hotdash_now(),
  checks       bigint not null default 1,
  stage        int not null,
  state        text not null,                       -- in which it was found
  verdict      text not null,
  why          text not null,                       -- of the last of them, as the counts
  healthy      boolean not null,
  health       text not null,
  calls        bigint not null,
  errors       bigint not null,
  other_calls  bigint not null,
  other_errors bigint not null
);

create index rollout_checks_by_flag on rollout_checks (flag, id);

-- The last result of each integration's contract suite, as whoever ran it told.
create table contract_results (
  integration text primary key,
  passed      int not null,
  failed      int not null,
  build       text not null,
  told_by     text not null,
  at          timestamptz not null default hotdash_now()
);
