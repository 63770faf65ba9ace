-- What the labels of Chatwoot mean here. Of several labels of a category, the one that was mapped first is given.
create table support_labels (
  label     text primary key,
  category  text not null,
  mapped_at timestamptz not null
);

create table support_conversations (
  id         text primary key,        -- the number that people see
  labels     text[] not null,         -- as Chatwoot said last
  wanted     text[],                  -- categories that somebody set here, until Chatwoot has their labels
  failure    text,                    -- why it never will
  changed_at timestamptz not null
);
