-- Replies that agents propose: what is to be decided is the approval's, what was said about it is here.
create table support_drafts (
  approval_id     uuid primary key references approvals on delete cascade,
  conversation_id text not null,
  answers         text not null,    -- the customer's message that it answers; 0 where there was none
  confidence      double precision not null check (confidence between 0 and 1),
  sources         bytea not null,   -- sealed
  fingerprint     bytea not null,   -- of who says what about which message: the same again is the same draft
  created_at      timestamptz not null,
  note_mark       uuid not null,    -- of the note that shows it to agents
  note_at         timestamptz,      -- a call was begun then, whose end is not known
  note_id         text,             -- Chatwoot's id of it
  note_failure    text              -- why there is none, and never will be
);

create index support_drafts_by_fingerprint on support_drafts (fingerprint);
create index support_drafts_by_conversation on support_drafts (conversation_id, created_at);
