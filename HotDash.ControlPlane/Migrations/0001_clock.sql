-- The one clock of leases, deadlines and expiries. Tests move it for their own session:
--   set hotdash.clock_offset = '1 hour'
-- Declared stable although it reads the wall clock, so that `due_at <= hotdash_now()` can use an index.
create function hotdash_now() returns timestamptz
language sql stable parallel safe
as $$
  select clock_timestamp() + coalesce(nullif(current_setting('hotdash.clock_offset', true), '')::interval, interval '0')
$$;
