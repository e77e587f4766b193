-- Answers to requests that had an Idempotency-Key, so that a repetition is answered and not done again.

create table idempotency_key (
    organisation_id uuid        not null default current_organisation() references organisation on delete cascade,
    person_id       uuid        not null references person on delete cascade,
    key             text        not null,
    method          text        not null,
    path            text        not null,
    run             uuid        not null,
    began_at        timestamptz not null,
    body_hash       bytea,
    status          int,
    headers         jsonb,
    body            bytea,
    primary key (organisation_id, person_id, key)
);
comment on column idempotency_key.path is 'with the query';
comment on column idempotency_key.run is 'which run has the key now: one that was given up cannot write its answer any more';
comment on column idempotency_key.status is 'null while the request is being answered';
comment on column idempotency_key.body is 'null where the answer was too long to keep';
create index idempotency_key_age on idempotency_key (organisation_id, began_at);

alter table idempotency_key enable row level security, force row level security;
create policy own_organisation on idempotency_key using (organisation_id = current_organisation());
