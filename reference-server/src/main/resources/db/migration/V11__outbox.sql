-- Sending. The first part are the tables of steadymail-jdbc, word by word versions 1 to 3, which its outbox uses as it is; behind them comes
-- the wall, so that no program has ever used them without one. What a later version of steadymail-jdbc adds needs a migration with its wall first.

create table steadymail_schema (version integer primary key);
insert into steadymail_schema (version) values (1), (2), (3);

-- Version 1: accounts and outboxes. Instants that are compared are two numbers, seconds of the epoch and nanoseconds.
create table steadymail_account (
    id bigint generated always as identity primary key,
    name_hash bytea not null unique,
    name text not null
);
create table steadymail_outbox (
    id bigint generated always as identity primary key,
    account_id bigint not null references steadymail_account on delete cascade,
    key_hash bytea not null,
    content_octets bigint not null,
    key_text text not null,
    fingerprint text not null,
    message_id text not null,
    subject text not null,
    recipients text not null,
    message_date text,
    size bigint not null,
    created_s bigint not null,
    created_n integer not null,
    state text not null,
    due_s bigint,
    due_n integer,
    attempts integer not null,
    tried_at text,
    left_s bigint,
    left_n integer,
    unclear_at text,
    looks integer not null,
    failure text,
    email_id text,
    thread_id text,
    refusals text not null,
    changed_s bigint not null,
    changed_n integer not null,
    settled smallint not null,
    version bigint not null,
    unique (account_id, key_hash)
);
create index steadymail_outbox_due on steadymail_outbox (account_id, state, due_s, due_n) where due_s is not null;
create index steadymail_outbox_left on steadymail_outbox (account_id, left_s, left_n) where left_s is not null;
create index steadymail_outbox_created on steadymail_outbox (account_id, created_s, created_n);
create index steadymail_outbox_settled on steadymail_outbox (account_id, settled, changed_s, changed_n);
create table steadymail_content (
    outbox_id bigint not null references steadymail_outbox on delete cascade,
    part integer not null,
    octets bytea not null,
    primary key (outbox_id, part)
);

-- Version 2: what syncs know.
alter table steadymail_account add column last_number bigint not null default 0;
alter table steadymail_account add column sync_cursor text;
create table steadymail_mailbox (
    id bigint generated always as identity primary key,
    account_id bigint not null,
    id_hash bytea not null,
    id_text text not null,
    path text not null,
    role text,
    selectable smallint not null,
    saved smallint not null,
    unique (account_id, id_hash)
);
create table steadymail_email (
    account_id bigint not null,
    number bigint not null,
    id_hash bytea not null,
    id_text text not null,
    thread_id text,
    blob_id text,
    keywords text not null,
    received_s bigint not null,
    received_n integer not null,
    size bigint not null,
    primary key (account_id, number),
    unique (account_id, id_hash)
);
create table steadymail_place (
    account_id bigint not null,
    mailbox_id bigint not null,
    email_number bigint not null,
    primary key (account_id, email_number, mailbox_id)
);
create index steadymail_place_mailbox on steadymail_place (account_id, mailbox_id, email_number);
create table steadymail_parked (
    account_id bigint not null,
    id_hash bytea not null,
    id_text text not null,
    reason text not null,
    primary key (account_id, id_hash)
);

-- Version 3: what an email is known by when its id changes, and when parked ones are tried again.
alter table steadymail_email add column fingerprint text;
alter table steadymail_email add column ancestry text;
alter table steadymail_parked add column tries integer not null default 1;
alter table steadymail_parked add column retry_ms bigint not null default 0;

do $$
declare
    owned text;
begin
    foreach owned in array array['steadymail_account', 'steadymail_outbox', 'steadymail_content', 'steadymail_mailbox',
                                 'steadymail_email', 'steadymail_place', 'steadymail_parked'] loop
        execute format('alter table %I add column organisation_id uuid not null default current_organisation() '
                       'references organisation on delete cascade', owned);
        execute format('alter table %I enable row level security, force row level security', owned);
        execute format('create policy own_organisation on %I using (organisation_id = current_organisation())', owned);
    end loop;
end
$$;
create index steadymail_outbox_of_organisation on steadymail_outbox (organisation_id);
comment on column steadymail_account.name is 'the id of the account in the table account: of this server''s, so that two organisations with the same mailbox have two';

-- Which outboxes have something to do, for jobs that work for no organisation yet; holds nothing that another tenant could want.
create table outbox_place (
    account_id      uuid primary key,
    organisation_id uuid   not null references organisation on delete cascade,
    waiting         int    not null,
    settled         bigint not null default 0,
    tidied          bigint not null default 0
);
comment on column outbox_place.waiting is 'entries that are not settled';
comment on column outbox_place.settled is 'how often an entry was settled';
comment on column outbox_place.tidied is 'as settled was when drafts that were sent had been looked for last';
create index outbox_place_at_work on outbox_place (account_id) where waiting > 0 or tidied < settled;
create index outbox_place_of_organisation on outbox_place (organisation_id);

create function place_outbox() returns trigger language plpgsql as $$
declare
    before int := 0;
    after  int := 0;
    place  uuid;
begin
    if tg_op <> 'INSERT' and old.settled = 0 then
        before := 1;
    end if;
    if tg_op <> 'DELETE' and new.settled = 0 then
        after := 1;
    end if;
    if before = after then
        return null;
    end if;
    select name::uuid into place from steadymail_account
    where id = case when tg_op = 'DELETE' then old.account_id else new.account_id end;
    if place is not null then
        insert into outbox_place as known (account_id, organisation_id, waiting, settled)
        values (place, current_organisation(), after - before, before)
        on conflict (account_id) do update
        set waiting = known.waiting + after - before, settled = known.settled + before;
    end if;
    return null;
end
$$;
-- At the end of the transaction, so that nobody waits while a long message is written.
create constraint trigger outbox_placed after insert or delete or update on steadymail_outbox
    deferrable initially deferred for each row execute function place_outbox();

create function remove_outbox() returns trigger language plpgsql as $$
begin
    delete from steadymail_account where name = old.id::text;
    delete from outbox_place where account_id = old.id;
    return null;
end
$$;
create trigger outbox_removed after delete on account for each row execute function remove_outbox();

create table sending (
    organisation_id uuid        not null default current_organisation() references organisation on delete cascade,
    account_id      uuid        not null,
    key             text        not null,
    request_hash    text        not null,
    person_id       uuid        not null,
    draft_id        uuid,
    draft_email     text,
    at              timestamptz not null,
    primary key (account_id, key)
);
comment on table sending is 'what was accepted for sending, kept for the sender''s keys and the hourly limit, also of accounts that are gone';
comment on column sending.draft_id is 'the draft that goes when it was sent; null where there is none, or no more';
comment on column sending.draft_email is 'what that draft was when it was taken';
create index sending_newest on sending (organisation_id, at desc);
create index sending_of_draft on sending (account_id) where draft_id is not null;

create table draft (
    id              uuid primary key,
    organisation_id uuid        not null default current_organisation() references organisation on delete cascade,
    account_id      uuid        not null references account on delete cascade,
    provider_key    bytea       not null,
    provider_id     text        not null,
    in_reply_to     uuid,
    saved_at        timestamptz not null,
    claimed_until   timestamptz,
    unique (account_id, provider_key)
);
comment on table draft is 'a name that stays, for an email in the mailbox of drafts that is another one after each change';
comment on column draft.claimed_until is 'while somebody saves it; ends by itself when a server does';
create index draft_of_organisation on draft (organisation_id);

create table template (
    id              uuid primary key,
    organisation_id uuid        not null default current_organisation() references organisation on delete cascade,
    name            text        not null,
    subject         text        not null,
    text            text,
    html            text,
    changed_at      timestamptz not null,
    unique (organisation_id, name)
);

create table signature (
    id              uuid primary key,
    organisation_id uuid        not null default current_organisation() references organisation on delete cascade,
    person_id       uuid        not null,
    account_id      uuid references account on delete cascade,
    name            text        not null,
    text            text,
    html            text,
    is_default      boolean     not null,
    changed_at      timestamptz not null
);
comment on column signature.account_id is 'for emails of this account; null for all that the person writes';
create unique index signature_default on signature
    (organisation_id, person_id, coalesce(account_id, '00000000-0000-0000-0000-000000000000')) where is_default;

do $$
declare
    owned text;
begin
    foreach owned in array array['sending', 'draft', 'template', 'signature'] loop
        execute format('alter table %I enable row level security, force row level security', owned);
        execute format('create policy own_organisation on %I using (organisation_id = current_organisation())', owned);
    end loop;
end
$$;
