-- The ledger in months, so that what is too old goes a month at a time, with all that bills are made of: for whom it was,
-- through which door it came, when the answer began and why it stopped, and how many had it in vain before.
alter table ledger_entry rename to ledger_entry_before;
alter table ledger_entry_before rename constraint ledger_entry_pkey to ledger_entry_before_pkey;
drop index ledger_entry_started_at;

create table ledger_entry (
    id text not null,
    started_at timestamptz not null,
    first_piece_at timestamptz,
    ended_at timestamptz not null,
    -- the owner's name as it was then, and no reference: what was used stays, whatever becomes of owners and keys
    key_id text,
    owner text,
    surface text,
    asked_model text not null,
    model text,
    provider text,
    agent text,
    outcome text not null,
    finish_reason text,
    retries integer,
    input_tokens bigint,
    output_tokens bigint,
    cache_read_tokens bigint,
    cache_write_tokens bigint,
    reasoning_tokens bigint,
    cost_usd numeric,
    -- the month has to be in the key; an entry that is sent again has the same one
    primary key (id, started_at)
) partition by range (started_at);

-- for a clock that is far off: nothing is refused for want of a month
create table ledger_entry_other partition of ledger_entry default;

create index ledger_entry_newest on ledger_entry (started_at desc, id desc);
create index ledger_entry_key on ledger_entry (key_id, started_at desc, id desc);
create index ledger_entry_owner on ledger_entry (owner, started_at desc, id desc);
create index ledger_entry_agent on ledger_entry (agent, started_at desc, id desc);
create index ledger_entry_not_answered on ledger_entry (outcome, started_at desc, id desc) where outcome <> 'answered';

-- Makes the month in which the time is, unless it is there; what has gone elsewhere for want of it moves in. Months are those
-- of UTC, whatever the server's time zone.
create function make_ledger_month(within timestamptz) returns boolean language plpgsql as $$
declare
    first timestamptz := date_trunc('month', within, 'UTC');
    next timestamptz := date_trunc('month', first + interval '45 days', 'UTC');
    month text := 'ledger_entry_' || to_char(first at time zone 'UTC', 'YYYY_MM');
begin
    -- of several proxies that start at once, one makes it
    perform pg_advisory_xact_lock(hashtext('ledger months'));
    if to_regclass(month) is not null then
        return false;
    end if;
    execute format('create table %I (like ledger_entry including defaults)', month);
    execute format('with moved as (delete from ledger_entry_other where started_at >= %L and started_at < %L returning *)'
        ' insert into %I select * from moved', first, next, month);
    execute format('alter table ledger_entry attach partition %I for values from (%L) to (%L)', month, first, next);
    return true;
end
$$;

-- Drops the months that were over by then, and what is as old elsewhere; says how many months.
create function drop_ledger_before(oldest timestamptz) returns integer language plpgsql as $$
declare
    month record;
    dropped integer := 0;
begin
    perform pg_advisory_xact_lock(hashtext('ledger months'));
    for month in
        select inhrelid::regclass as name from pg_inherits
        where inhparent = 'ledger_entry'::regclass and inhrelid <> 'ledger_entry_other'::regclass
          -- what somebody else has attached under another name is not ours to drop
          and case when inhrelid::regclass::text ~ '(^|[.])ledger_entry_[0-9]{4}_(0[1-9]|1[0-2])$'
              then to_date(right(inhrelid::regclass::text, 7), 'YYYY_MM') + interval '1 month' <= oldest at time zone 'UTC'
              else false end
    loop
        execute format('drop table %s', month.name);
        dropped := dropped + 1;
    end loop;
    delete from ledger_entry_other where started_at < oldest;
    return dropped;
end
$$;

do $$
declare
    month timestamptz;
begin
    for month in
        select distinct date_trunc('month', started_at, 'UTC') from ledger_entry_before
        union select date_trunc('month', now(), 'UTC')
        union select date_trunc('month', now() + interval '1 month', 'UTC')
    loop
        perform make_ledger_month(month);
    end loop;
end
$$;

insert into ledger_entry (id, started_at, ended_at, asked_model, model, provider, agent, outcome, input_tokens,
        output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, cost_usd)
    select id, started_at, ended_at, asked_model, model, provider, agent, outcome, input_tokens,
        output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, cost_usd
    from ledger_entry_before;

drop table ledger_entry_before;
