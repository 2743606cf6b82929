-- One row per request: who answered what was asked, when, and how it ended. Never a word of what was said.
create table ledger_entry (
    id text primary key,
    asked_model text not null,
    provider text,
    agent text,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    outcome text not null
);

create index ledger_entry_started_at on ledger_entry (started_at);
