-- Responses that clients wanted kept: what was asked and what was answered, for as long as the retention says. JSON as
-- text, since jsonb takes no U+0000.
create table stored_response (
    id text primary key,
    -- no foreign key: each of a conversation is deleted, and expires, by itself
    previous_id text,
    created_at timestamptz not null,
    input text not null,
    response text not null,
    output text not null,
    pieces text not null
);

create index stored_response_created_at on stored_response (created_at);
