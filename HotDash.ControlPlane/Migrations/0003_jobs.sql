-- A row is a job that is still to be done, or that died. A finished job is deleted.
create table jobs (
  id           uuid primary key,
  kind         text not null,
  payload      text not null,
  unique_key   text,
  every        interval,            -- a recurring job: runs at created_at + n * every, never dies
  due_at       timestamptz not null, -- when it may next run
  attempt      int not null default 0,
  max_attempts int not null,
  fence        bigint not null default 0,
  leased_by    text,
  leased_until timestamptz,         -- null, or past: anyone may claim it. Not indexed: see fillfactor
  traceparent  text,
  last_error   text,
  created_at   timestamptz not null default hotdash_now(),
  dead_at      timestamptz,
  check (attempt >= 0 and max_attempts > 0 and every > interval '0')
) with (
  -- Room on each page for the row as it is when it is claimed: no index has to be told of it, and the page cleans itself.
  fillfactor = 50,
  -- A queue is small and all churn: vacuum it by the number of dead rows, at full speed.
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000
);

create index jobs_due on jobs (due_at) where dead_at is null;
create index jobs_dead on jobs (dead_at) where dead_at is not null;
create unique index jobs_unique_key on jobs (unique_key) where unique_key is not null and dead_at is null;

-- One sequence for all jobs: a fence is never given out twice, not even for an id that is enqueued again.
-- Not cached: each session would hand out a block of its own, and a later lease could get a lower number.
create sequence job_fences cache 1;
