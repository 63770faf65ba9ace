-- Switches with targeting. Every process evaluates them from its own copy; flag_epoch tells it when that copy is old.
create table flags (
  id         bigint generated always as identity primary key,
  name       text collate "C" not null unique,
  version    bigint not null default 1,
  enabled    boolean,                              -- null: nobody has set it; of an integration's flag, Integrations:Mode decides then
  percent    int not null default 0 check (percent between 0 and 100000), -- thousandths of a percent
  peak       int not null default 0 check (peak between 0 and 100000),    -- the highest percent of a monotone flag since it was switched on
  cohorts    text[] not null default '{}',
  starts_at  timestamptz,
  ends_at    timestamptz,
  salt       text not null,                        -- the first name: users keep their buckets when a flag is renamed
  monotone   boolean not null default false,
  killed     boolean not null default false,
  metadata   jsonb not null default '{}',
  changed_at timestamptz not null default hotdash_now(),
  changed_by text not null default 'HotDash',
  check (starts_at < ends_at)
);

create table flag_overrides (
  flag    bigint not null references flags on delete cascade,
  user_id text collate "C" not null,
  is_on   boolean not null,
  primary key (flag, user_id)
);

-- Who changed what, and why: written in the transaction of the change.
create table flag_changes (
  id       bigint generated always as identity primary key,
  at       timestamptz not null default hotdash_now(),
  flag     text not null,
  action   text not null,
  actor    text not null,
  why      text not null,
  before   jsonb,
  after    jsonb,
  trace_id text
);

-- One row, which every change raises: its lock puts the numbers into the order of the commits.
create table flag_epoch (epoch bigint not null);
insert into flag_epoch values (1);

insert into flags (name, salt, enabled, percent, peak, cohorts) values
  ('push_notifications', 'push_notifications', false, 0, 0, '{beta}'),
  ('export_pdf', 'export_pdf', true, 100000, 100000, '{}'),
  ('advanced_analytics', 'advanced_analytics', true, 25000, 25000, '{beta,premium}'),
  ('shopping_list_sync', 'shopping_list_sync', false, 0, 0, '{beta}'),
  ('ai_coaching_v2', 'ai_coaching_v2', true, 10000, 10000, '{internal}'),
  ('calendar_sync', 'calendar_sync', null, 0, 0, '{beta,internal}'), -- of an integration too: off, unless the mode says otherwise
  ('idea_pool_supabase', 'idea_pool_supabase', null, 0, 0, '{}'),
  ('publer_live', 'publer_live', null, 0, 0, '{}'),
  ('analytics_real_data', 'analytics_real_data', null, 0, 0, '{}'),
  ('plausible_live', 'plausible_live', null, 0, 0, '{}');
