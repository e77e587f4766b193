-- A provider's ids are as long as it likes, and an index entry is not: provider_key is the SHA-256 of provider_id.

create table account (
    id             uuid primary key,
    identity       text        not null unique,
    url            text        not null,
    login          bytea       not null,
    state          text        not null check (state in ('new', 'syncing', 'ok', 'failing', 'reauth_required')),
    failures       int         not null default 0,
    error_kind     text,
    error_message  text,
    last_synced_at timestamptz,
    next_sync_at   timestamptz,
    sync_wanted    boolean     not null default false,
    created_at     timestamptz not null
);
comment on column account.identity is 'provider, user and place; one account cannot be connected twice';
comment on column account.sync_wanted is 'changed since the last sync began, so that another one has to follow it at once';
comment on column account.login is 'encrypted, bound to the id of the account';

create table sync_cursor (
    account_id uuid primary key references account on delete cascade,
    value      text not null
);

create table mailbox (
    id           uuid primary key,
    account_id   uuid    not null references account on delete cascade,
    provider_key bytea   not null,
    provider_id  text    not null,
    path         text[]  not null,
    role         text,
    selectable   boolean not null,
    saved        boolean not null,
    unique (account_id, provider_key)
);
comment on column mailbox.saved is 'false while emails name a mailbox that is not there yet, or no more';

create table email (
    id             uuid primary key,
    account_id     uuid        not null references account on delete cascade,
    provider_key   bytea       not null,
    provider_id    text        not null,
    thread_id      text,
    keywords       text[]      not null,
    received_at    timestamptz not null,
    size           bigint      not null,
    sent_at        timestamptz,
    subject        text,
    has_attachment boolean     not null,
    content        jsonb       not null,
    unique (account_id, provider_key)
);
comment on column email.content is 'addresses, attachments and where the text is; bodies stay at the provider';
create index email_newest on email (account_id, received_at desc, id desc);

create table email_mailbox (
    email_id    uuid        not null references email on delete cascade,
    mailbox_id  uuid        not null references mailbox on delete cascade,
    received_at timestamptz not null,
    primary key (email_id, mailbox_id)
);
create index mailbox_newest on email_mailbox (mailbox_id, received_at desc, email_id desc);

create table parked_email (
    account_id   uuid  not null references account on delete cascade,
    provider_key bytea not null,
    provider_id  text  not null,
    reason       text  not null,
    primary key (account_id, provider_key)
);
