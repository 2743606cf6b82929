-- Who calls: owners, their keys and what each may do. Of a key only the hash of its secret is kept.
create table owner (
    id bigint generated always as identity primary key,
    name text not null unique,
    created_at timestamptz not null default now()
);

create table api_key (
    -- the part of the key that may be shown, cwk_<id>_…
    id text primary key,
    owner_id bigint not null references owner,
    name text not null,
    scopes text[] not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    version integer not null default 1
);

create index api_key_owner on api_key (owner_id);

-- The newest secret of a key is good for as long as the key; the one before it until then.
create table api_key_secret (
    hash bytea primary key,
    key_id text not null references api_key,
    created_at timestamptz not null default now(),
    valid_until timestamptz
);

create index api_key_secret_key on api_key_secret (key_id);

-- Apart from the key, which changes rarely.
create table api_key_use (
    key_id text primary key references api_key,
    last_used_at timestamptz not null
);

-- Counts every change of what opens a door, so that a proxy sees by one number whether it has to look again.
create table access_change (
    singleton boolean primary key default true check (singleton),
    number bigint not null default 0
);

insert into access_change default values;

create function count_access_change() returns trigger language plpgsql as $$
begin
    update access_change set number = number + 1;
    return null;
end
$$;

create trigger api_key_changed after insert or update or delete on api_key
    for each statement execute function count_access_change();

create trigger api_key_secret_changed after insert or update or delete on api_key_secret
    for each statement execute function count_access_change();
