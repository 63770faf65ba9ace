-- The same guard, without calling a function for each entry that is chained: that took half of the time of the update.
drop trigger kept on audit_entries;
create trigger kept before update on audit_entries for each row when (not (
    old.seq is null and new.seq is not null
    and (old.id, old.at, old.kind, old.object_id, old.action, old.actor, old.why, old.before, old.after, old.trace_id)
      is not distinct from (new.id, new.at, new.kind, new.object_id, new.action, new.actor, new.why, new.before, new.after, new.trace_id)))
  execute function hotdash_audit_is_kept();
create trigger kept_from_deletion before delete on audit_entries for each row execute function hotdash_audit_is_kept();

create or replace function hotdash_audit_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'Entries of the audit are neither changed nor deleted.';
end $$;
