-- What was posted to the admin API under a word of the caller's, so that a repeat does nothing and is answered alike. The answer may
-- hold a new key, so it is encrypted like a secret, and deleted after a day.
create table admin_repeat (
    caller text not null,
    word text not null,
    fingerprint text not null,
    -- none while the first is being answered
    status integer,
    content_type text,
    sealed text,
    created_at timestamptz not null default now(),
    primary key (caller, word)
);

create index admin_repeat_created_at on admin_repeat (created_at);
