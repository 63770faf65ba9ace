-- A post that people must approve has no send job until they have: then it is released, with what they approved.
alter table social_posts add column approval_id uuid; -- null: no person decides
alter table social_posts add column released_at timestamptz;
alter table social_posts alter column released_at set default hotdash_now();
update social_posts set released_at = accepted_at;

create index social_posts_unreleased on social_posts (approval_id) where released_at is null and finished_at is null;
