-- What was said in conversations, as far as Chatwoot told us: by webhook, or when somebody looked.
create table support_messages (
  conversation_id text not null,
  id              bigint not null,       -- Chatwoot counts up
  kind            text not null check (kind in ('incoming', 'outgoing', 'activity', 'template')),
  private         boolean not null,
  at              timestamptz not null,
  box             bytea not null,        -- sealed: the words, and who said them
  primary key (conversation_id, id)
);

create index support_messages_by_age on support_messages (at);
