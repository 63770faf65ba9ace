-- The kind of users that a key's holder belongs to, if any: flags can be on for a cohort.
alter table api_keys add column cohort text;
