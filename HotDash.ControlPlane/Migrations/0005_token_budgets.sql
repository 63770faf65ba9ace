-- One row per limited integration: when its last tokens were taken, oldest first, no more of them than the limit.
create table token_budgets (
  integration text primary key,
  taken       timestamptz[] not null default '{}'
) with (fillfactor = 50);
