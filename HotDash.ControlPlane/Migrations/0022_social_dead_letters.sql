-- A post that failed can be sent again; how it had ended before is kept, since a post at the provider stays the effect of that call.
create table social_past_receipts (like social_receipts including defaults);

create index social_past_receipts_by_post on social_past_receipts (job_id, account_id);
create index social_past_receipts_by_provider_post on social_past_receipts (provider_post_id) where provider_post_id is not null;

-- Somebody asked for it after its time had passed.
alter table social_posts add column late_is_fine bool not null default false;
