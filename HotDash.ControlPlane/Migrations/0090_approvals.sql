-- Actions that reach somebody outside only when a person, or several, approved their very bytes.
create table approvals (
  id             uuid primary key, -- also the mark of the effect
  kind           text not null,
  account        text not null,    -- of the provider
  target         text not null,
  target_version text,             -- how the target was when it was asked for
  hash           text not null,    -- of all of the above from kind on, and of the bytes: docs/approvals.md says how
  revision       int not null,
  state          text not null check (state in ('pending', 'approved', 'sending', 'sent', 'unknown', 'rejected', 'expired', 'failed')),
  risk           int not null,     -- 1 low to 3 high
  required       int not null,     -- so many people; 0: by policy
  requester      text not null,
  authors        text[] not null,  -- who wrote any revision: they cannot approve it
  approved_by    text[] not null,  -- of the present hash
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  changed_at     timestamptz not null,
  why            text,             -- of the last decision or failure
  stale          boolean not null default false, -- the target changed after it was approved
  sends          int not null default 0,
  attempt_id     uuid,             -- the call that is under way, or was the last
  attempt_at     timestamptz,
  unknown_at     timestamptz,      -- by then the call had certainly ended
  effect_id      text              -- the provider's id of what came of it
);

create index approvals_by_risk_and_age on approvals (risk desc, created_at, id);
create index approvals_open on approvals (risk desc, created_at, id) where state = 'pending';
create index approvals_to_expire on approvals (expires_at) where state in ('pending', 'approved');

-- What was to be sent, sealed, from the first wording on.
create table approval_revisions (
  approval_id    uuid not null references approvals on delete cascade,
  revision       int not null,
  author         text not null,
  at             timestamptz not null,
  target_version text,
  hash           text not null,
  bytes          bytea not null,
  primary key (approval_id, revision)
);

create table approval_grades (
  approval_id uuid not null references approvals on delete cascade,
  grader      text not null,
  at          timestamptz not null,
  tone        int not null check (tone between 1 and 5),
  accuracy    int not null check (accuracy between 1 and 5),
  policy      int not null check (policy between 1 and 5),
  comment     bytea, -- sealed: it may quote the customer
  primary key (approval_id, grader)
);
