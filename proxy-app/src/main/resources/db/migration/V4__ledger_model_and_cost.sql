-- The model that ran, which need not be the one that was asked for, and what it cost in US dollars; null where nobody said.
alter table ledger_entry
    add column model text,
    add column cost_usd numeric;
