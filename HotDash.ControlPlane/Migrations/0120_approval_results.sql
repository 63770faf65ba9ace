-- What the provider said of each item of an action, and showed afterwards; sealed, as the action is.
alter table approvals add column result bytea;
