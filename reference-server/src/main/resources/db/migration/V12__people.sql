-- Failed logins by address, whether somebody has it or not; invitations; what an organisation asks of those who log in.

create table login_failure (
    email_hash   bytea primary key,
    failures     int         not null,
    locked_until timestamptz,
    last_at      timestamptz not null
);
comment on column login_failure.email_hash is 'keyed hash: people type passwords into the field for addresses';
alter table person drop column failed_logins, drop column locked_until;

create table invitation (
    id              uuid primary key,
    organisation_id uuid        not null references organisation on delete cascade,
    email           text        not null,
    role            text        not null check (role in ('owner', 'admin', 'member')),
    hash            bytea       not null unique,
    created_at      timestamptz not null,
    expires_at      timestamptz not null
);
create index invitation_of_organisation on invitation (organisation_id);

create table sign_in_policy (
    organisation_id      uuid primary key references organisation on delete cascade,
    methods              text[] not null,
    session_seconds      bigint,
    networks             text[] not null
);
comment on table sign_in_policy is 'no row: every method, the session length of the server, from everywhere';
