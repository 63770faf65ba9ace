-- What was not as it should be: of each indicator and subject at most one that is not resolved. Who changed what is in the audit.
create table alerts (
  id               uuid primary key,
  indicator        text not null,
  subject          text not null,              -- what was measured: the key of an integration
  value            double precision not null,  -- when it was last measured with enough data
  sample           bigint not null,
  threshold        double precision not null,
  worst            double precision not null,
  opened_at        timestamptz not null default hotdash_now(),
  checked_at       timestamptz not null default hotdash_now(),
  well_since       timestamptz,                -- since then every check found it well
  quiet_since      timestamptz,                -- since then no check found enough data
  acknowledged_at  timestamptz,
  acknowledged_by  text,
  acknowledged_why text,
  silenced_until   timestamptz,
  silenced_by      text,
  silenced_why     text,
  resolved_at      timestamptz,
  resolved_why     text
);

create unique index alerts_living on alerts (indicator, subject) where resolved_at is null;
create index alerts_newest on alerts (opened_at desc, id desc);
