-- Version 3: what an email is known by when its id changes, and when parked ones are tried again.
alter table steadymail_email add column fingerprint text;
alter table steadymail_email add column ancestry text;
alter table steadymail_parked add column tries integer not null default 1;
alter table steadymail_parked add column retry_ms bigint not null default 0;
