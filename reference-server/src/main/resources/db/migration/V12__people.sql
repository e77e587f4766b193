-- Failed logins by address, whether somebody has it or not; invitations; what an organisation asks of those who log in.

create table login_failure (
    email_hash   bytea primary key,
    failures     int         not null,
    locked_until timestamptz,
    last_at      timestamptz not null
);
comment on column login_failure.email_hash is 'keyed hash: people type passwords into the field for addresses';

create table invitation (
    id              uuid primary key,
    organisation_id uuid        not null references organisation on delete cascade,
    email           text        not null,
    role            text        not null check (role in ('owner', 'admin', 'member')),
    hash            bytea       not null unique,
    invited_by      uuid        not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    foreign key (organisation_id, invited_by) references membership on delete cascade
);
comment on column invitation.invited_by is 'an invitation goes with the membership of who gave it';
create index invitation_of_organisation on invitation (organisation_id);

create table sign_in_policy (
    organisation_id uuid primary key references organisation on delete cascade,
    session_seconds bigint,
    networks        text[] not null
);
comment on table sign_in_policy is 'no row: the session length of the server, from everywhere';

-- Rows of the audit log go by their age, and no sooner.
drop trigger audit_event_stays on audit_event;
create trigger audit_event_stays before update or truncate on audit_event
    for each statement execute function refuse_change();
create function refuse_early_end() returns trigger language plpgsql as $$
begin
    if old.at > now() - interval '365 days' then
        raise exception 'rows of the audit log stay for a year' using errcode = 'insufficient_privilege';
    end if;
    return old;
end
$$;
create trigger audit_event_stays_long before delete on audit_event for each row execute function refuse_early_end();
