-- Whether the receiver of alerts knows of one: of what it was not told when it opened, it is told when the silence is over.
alter table alerts add column told bool not null default false;

-- What the receiver is told, byte for byte as it is sent, each time it is tried.
create table alert_messages (
  id       uuid primary key,   -- its webhook-id
  alert_id uuid not null references alerts on delete cascade,
  type     text not null,
  body     text not null,      -- JSON
  at       timestamptz not null default hotdash_now(),
  sent_at  timestamptz         -- when the receiver took it
);

create index alert_messages_by_alert on alert_messages (alert_id, at);
