-- What an email is known by when its id changes, and when parked ones are tried again.
alter table email add column fingerprint text;
alter table parked_email add column tries integer not null default 1;
alter table parked_email add column retry_at timestamptz not null default 'epoch';
