-- When people had decided; empty while they have not. Nobody decides what the policy lets pass.
alter table approvals add column decided_at timestamptz;
update approvals set decided_at = changed_at where state <> 'pending';
create index approvals_by_decision on approvals (decided_at);
