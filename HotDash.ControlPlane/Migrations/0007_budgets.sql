-- One row per limited integration, whose tokens are cut into slots: who holds each (null: nobody), and when it is free.
-- Beside them the shares of the processes. Every change is decided outside and stored only if nobody was faster (version).
-- Replaces token_budgets, which stays until no build that used it can still run.
create table budgets (
  integration     text primary key,
  version         bigint not null,
  tokens          int not null,
  span            interval not null,        -- the provider's window
  held_by         uuid[] not null,
  free_at         timestamptz[] not null,
  share_ids       uuid[] not null,
  share_processes text[] not null,
  share_expiries  timestamptz[] not null,
  share_wants     int[] not null,           -- slots
  share_needs     int[] not null,           -- slots, for the largest call that waits
  share_tokens    int[] not null,           -- the limit that each process is configured with
  share_spans     interval[] not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
