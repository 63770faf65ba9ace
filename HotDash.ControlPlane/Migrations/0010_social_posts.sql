-- A post as it was accepted, and the sum of what became of it. Whoever changes a target locks its post first, in order of job_id.
create table social_posts (
  job_id       text primary key, -- ours: a UUIDv7, or mock-job-<n>-<suffix>
  source       text not null check (source in ('publer', 'mock')),
  key_id       uuid not null,    -- the api key that asked for it
  body         text not null,
  scheduled_at timestamptz,      -- null: at once
  status       text not null check (status in ('pending', 'processing', 'complete', 'failed')),
  send_job     uuid,             -- the queued job that sends what waits; an older job for this post has nothing to do
  accepted_at  timestamptz not null default hotdash_now(),
  finished_at  timestamptz
);

create index social_posts_newest on social_posts (accepted_at desc, job_id desc);
create index social_posts_by_status on social_posts (status, accepted_at desc, job_id desc);
create index social_posts_open on social_posts (accepted_at) where finished_at is null;

-- One call to the provider that hands posts over. It is written before the call, so a crash leaves a trace to follow.
create table social_attempts (
  id              uuid primary key,
  phase           text not null check (phase in ('sending', 'submitted', 'unknown')),
  started_at      timestamptz not null default hotdash_now(),
  scheduled       bool not null, -- handed over with each post's time, rather than to be published at once
  provider_job_id text,
  submitted_at    timestamptz,
  done_at         timestamptz -- when the provider first said that its job has ended
);

-- One post on one account: the unit that is sent, looked up and ended.
create table social_targets (
  job_id       text not null references social_posts,
  account_id   text not null,
  network      text,           -- the provider's name of it; null while the account is not known to us
  account_name text,
  identity     bytea not null, -- SHA-256 of account and text
  state        text not null check (state in ('waiting', 'in_flight', 'complete', 'failed')),
  due_at       timestamptz not null default hotdash_now(), -- a waiting target is not sent earlier
  tries        int not null default 0,                     -- calls that certainly had no effect
  alone        bool not null default false,                -- the provider refused the batch it was in: send it by itself
  attempt_id   uuid references social_attempts,
  primary key (job_id, account_id)
);

-- Identical posts to one account are in flight one after the other: otherwise a look-up could not tell whose effect it found.
create unique index social_targets_in_flight on social_targets (identity) where state = 'in_flight';
create index social_targets_waiting on social_targets (due_at) where state = 'waiting';
create index social_targets_by_attempt on social_targets (attempt_id);

-- How a target ended. Written once.
create table social_receipts (
  job_id           text not null,
  account_id       text not null,
  status           text not null check (status in ('complete', 'failed')),
  provider_job_id  text,
  provider_post_id text unique, -- a post at the provider is the effect of at most one of ours
  post_link        text,
  error            text,
  unknown          bool not null default false, -- failed because nobody could find out; a person must look
  at               timestamptz not null default hotdash_now(),
  primary key (job_id, account_id),
  foreign key (job_id, account_id) references social_targets
);

create sequence social_mock_jobs;
