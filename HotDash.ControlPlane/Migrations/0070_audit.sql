-- Every change of a switch and of the outside world: written in the transaction of the change, never changed, never deleted.
create table audit_entries (
  id        bigint generated always as identity primary key, -- in the order of writing, which is not that of the commits
  at        timestamptz not null default hotdash_now(),
  kind      text not null,                                    -- flag, key, dead-letter, integration…
  object_id text not null,                                    -- its name or id
  action    text not null,
  actor     text not null,
  why       text,
  before    jsonb,
  after     jsonb,
  trace_id  text,
  seq       bigint unique,                                    -- given when the entry is chained, after the commit
  hash      bytea,                                            -- of the entry and of the hash before it
  check ((seq is null) = (hash is null))
);
create index on audit_entries (id) where seq is null;
create index on audit_entries (kind, object_id, id);
create index on audit_entries (at);

-- One row: where the chain ends. Its lock lets one process at a time go on from there.
create table audit_chain (
  id   uuid not null default gen_random_uuid(),              -- tells this log from another one
  seq  bigint not null default 0,
  hash bytea not null
);
insert into audit_chain (id, hash) select id, sha256(uuid_send(id)) from (select gen_random_uuid() as id) new;

-- Against mistakes. Who may switch the trigger off is found out by the chain.
create function hotdash_audit_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seq is null and new.seq is not null
     and to_jsonb(old) - '{seq,hash}'::text[] = to_jsonb(new) - '{seq,hash}'::text[] then
    return new;
  end if;
  raise exception 'Entries of the audit are neither changed nor deleted.';
end $$;
create trigger kept before update or delete on audit_entries for each row execute function hotdash_audit_is_kept();
create trigger kept_whole before truncate on audit_entries for each statement execute function hotdash_audit_is_kept();

-- The record of flag changes becomes a part of the audit. Processes of the version before still write it under its old name.
lock table flag_changes;
insert into audit_entries (at, kind, object_id, action, actor, why, before, after, trace_id)
select at, 'flag', flag, action, actor, why, before - 'user', after - 'user', trace_id from flag_changes order by id;
drop table flag_changes;
create view flag_changes as
  select id, at, object_id as flag, action, actor, why, before, after, trace_id, kind from audit_entries where kind = 'flag';
alter view flag_changes alter column kind set default 'flag';
