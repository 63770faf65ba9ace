-- How each integration was when it was last looked at. One row each: what came before is in the outcomes of source "health".
create table integration_health (
  integration text primary key,
  began_at    timestamptz not null,  -- of the check: one that began later knows better, whichever ends first
  ok          bool not null,
  since       timestamptz not null,  -- every check since then said the same
  probes      text not null          -- JSON
);
