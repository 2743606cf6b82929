-- Tokens of agents: each for one agent, of one owner, who may let everybody have it. Only the hash is kept.
create table agent_token (
    id text primary key,
    -- the part of the token that may be shown, cwa_<agent_id>_…
    agent_id text not null,
    owner_id bigint not null references owner,
    name text not null,
    pool boolean not null,
    hash bytea not null unique,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    version integer not null default 1
);

create index agent_token_agent on agent_token (agent_id);
create index agent_token_owner on agent_token (owner_id);

create trigger agent_token_changed after insert or update or delete on agent_token
    for each statement execute function count_access_change();

-- The models that a key may ask; none is every one.
alter table api_key add column models text[] not null default '{}';

-- Whose response it is. Those that were kept before there were owners are anybody's who knows their names, as they were.
alter table stored_response add column owner text;
