-- Version 2: what syncs know.
alter table steadymail_account add column last_number bigint not null default 0;
alter table steadymail_account add column sync_cursor text;
create table steadymail_mailbox (
    id integer primary key autoincrement,
    account_id bigint not null,
    id_hash blob not null,
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
    id_hash blob not null,
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
    id_hash blob not null,
    id_text text not null,
    reason text not null,
    primary key (account_id, id_hash)
);
