-- Who changed what, when and from where. Rows are added and never changed: a trigger refuses everything else, also to the
-- role of the proxy, though not to one that may drop the trigger.
create table audit_entry (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    -- the owner of the key that did it, and which key; none where it was the operator's own, or nobody's
    actor text not null,
    actor_key text,
    address text,
    action text not null,
    subject text not null,
    detail text
);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'what was noted is not changed' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_entry_kept before update or delete or truncate on audit_entry
    for each statement execute function refuse_audit_change();
