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
