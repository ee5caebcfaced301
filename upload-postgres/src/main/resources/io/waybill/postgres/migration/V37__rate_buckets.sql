-- How often something may be asked for. A bucket is what is left of a minute's requests; processes take several out
-- at a time, so that a row is touched once in many requests. Unlogged: after a crash every bucket is full, which
-- harms nobody, and taking some out costs no write-ahead log.
create unlogged table rate_buckets (
  owner_id uuid primary key, -- a tenant or a device
  remaining double precision not null check (remaining >= 0),
  refilled_at timestamptz not null,
  per_minute integer not null check (per_minute > 0), -- what it holds
  wanted integer not null check (wanted > 0), -- by who took some last
  taken integer not null check (taken >= 0) -- what that was
) with (fillfactor = 50);

-- What is in a bucket some time later.
create function refilled(remaining double precision, since timestamptz, at timestamptz, per_minute integer)
returns double precision language sql immutable as $$
  select least(per_minute, remaining + greatest(0, extract(epoch from at - since)::double precision) * per_minute / 60)
$$;
