-- What an operator has chosen while the proxy runs, in place of variables. One row: whoever changes it says which version of it
-- they have seen, and proxies see by that number whether they have to look again.
create table setting (
    singleton boolean primary key default true check (singleton),
    version integer not null default 1,
    chosen jsonb not null default '{}',
    changed_at timestamptz not null default now()
);

insert into setting default values;

-- Encrypted with a key that is not in the database.
create table setting_secret (
    name text primary key,
    sealed text not null,
    changed_at timestamptz not null default now()
);
