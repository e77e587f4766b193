-- Organisations, people and what lets them in. Tables of an organisation's own have organisation_id and a policy: a transaction sees the
-- rows of the organisation that it named with set_config('steadymail.organisation', ID, true), and none where it named none.

create table organisation (
    id         uuid primary key,
    name       text        not null,
    created_at timestamptz not null default now()
);

create table person (
    id             uuid primary key,
    email          text        not null,
    email_key      text        not null unique,
    name           text        not null,
    password_hash  text,
    created_at     timestamptz not null default now()
);
comment on column person.email_key is 'the address in lower case: one person for each';
comment on column person.password_hash is 'Argon2id; null for the operator, who has a token alone';

create table membership (
    organisation_id uuid        not null references organisation on delete cascade,
    person_id       uuid        not null references person on delete cascade,
    role            text        not null check (role in ('owner', 'admin', 'member')),
    created_at      timestamptz not null default now(),
    primary key (organisation_id, person_id)
);
create index membership_of_person on membership (person_id);

create table login_session (
    id              uuid primary key,
    organisation_id uuid        not null,
    person_id       uuid        not null,
    device          text        not null,
    address         text        not null,
    refresh_hash    bytea       not null,
    previous_hash   bytea,
    rotated_at      timestamptz not null,
    created_at      timestamptz not null,
    used_at         timestamptz not null,
    expires_at      timestamptz not null,
    revoked_at      timestamptz,
    revoked_for     text,
    foreign key (organisation_id, person_id) references membership on delete cascade
);
comment on table login_session is 'a family of refresh tokens: one live token, and the one before it for a repeat after a lost answer';
create index login_session_of_person on login_session (person_id);
create index login_session_expiry on login_session (expires_at);

create table api_token (
    id              uuid primary key,
    organisation_id uuid        not null,
    person_id       uuid        not null,
    name            text        not null,
    hash            bytea       not null unique,
    scopes          text[]      not null,
    created_at      timestamptz not null,
    expires_at      timestamptz,
    used_at         timestamptz,
    foreign key (organisation_id, person_id) references membership on delete cascade
);
create index api_token_of_organisation on api_token (organisation_id);

-- Who has the token of the data folder: the operator, in an organisation of the server's own, which has what was there before tenants were.
insert into organisation (id, name) values ('00000000-0000-4000-8000-000000000001', 'Operator');
insert into person (id, email, email_key, name)
values ('00000000-0000-4000-8000-000000000002', 'operator@localhost', 'operator@localhost', 'Operator');
insert into membership (organisation_id, person_id, role)
values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002', 'owner');

create function current_organisation() returns uuid language sql stable parallel safe
    return nullif(current_setting('steadymail.organisation', true), '')::uuid;

do $$
declare
    owned text;
begin
    foreach owned in array array['account', 'sync_cursor', 'mailbox', 'email', 'email_mailbox', 'parked_email'] loop
        execute format('alter table %I add column organisation_id uuid references organisation on delete cascade', owned);
        execute format('update %I set organisation_id = ''00000000-0000-4000-8000-000000000001''', owned);
        execute format('alter table %I alter column organisation_id set default current_organisation(), '
                       'alter column organisation_id set not null', owned);
        execute format('alter table %I enable row level security, force row level security', owned);
        execute format('create policy own_organisation on %I using (organisation_id = current_organisation())', owned);
    end loop;
end
$$;

alter table account drop constraint account_identity_key, add unique (organisation_id, identity);

-- Whose an account is, for jobs that know only its id; holds nothing that another tenant could want.
create table account_place (
    account_id      uuid primary key,
    organisation_id uuid not null references organisation on delete cascade
);
insert into account_place select id, organisation_id from account;
create index account_place_of_organisation on account_place (organisation_id);

create function place_account() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into account_place values (new.id, new.organisation_id);
    else
        delete from account_place where account_id = old.id;
    end if;
    return null;
end
$$;
create trigger account_placed after insert or delete on account for each row execute function place_account();

create table audit_event (
    id              bigint generated always as identity primary key,
    organisation_id uuid        not null default current_organisation(),
    person_id       uuid,
    at              timestamptz not null default now(),
    action          text        not null,
    target          text,
    detail          jsonb       not null default '{}',
    address         text
);
comment on table audit_event is 'who did what; rows come, and go with their organisation or by their age, and never change';
create index audit_event_newest on audit_event (organisation_id, id desc);
alter table audit_event enable row level security, force row level security;
create policy own_organisation on audit_event using (organisation_id = current_organisation());

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of the audit log are never changed' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_event_stays before update or delete or truncate on audit_event
    for each statement execute function refuse_change();
