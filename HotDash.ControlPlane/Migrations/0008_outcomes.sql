-- How calls to providers ended: one row per ten seconds and kind of call, which all processes add to.
-- An hour instead of ten seconds, when a process had to keep too many rows for itself while the store was away.
create table outcomes (
  at          timestamptz not null,  -- the beginning
  integration text not null,
  operation   text not null,
  source      text not null,
  flag        text,
  variant     text,
  kinds       bigint[] not null,     -- calls by number of OutcomeKind; [1] is ok
  latencies   bigint[] not null,     -- calls by duration: LatencyHistogram
  unique nulls not distinct (at, integration, operation, source, flag, variant)
);

create index outcomes_by_integration on outcomes (integration, at);

-- The last batch of each process, so that one whose confirmation was lost is not added twice.
create table outcome_batches (
  process  uuid primary key,
  batch    bigint not null,
  added_at timestamptz not null
);

-- Adds element by element; the shorter one may be of an older build.
create function hotdash_add(one bigint[], other bigint[]) returns bigint[]
language sql immutable parallel safe
as $$
  select array_agg(coalesce(a, 0) + coalesce(b, 0) order by i)
  from unnest(one, other) with ordinality sums (a, b, i)
$$;
