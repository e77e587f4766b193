-- What an account is called, how much it matters, where it sends, and since when it is how it is.

alter table account
    add column name           text,
    add column smtp_url       text,
    add column priority       text        not null default 'medium' check (priority in ('high', 'medium', 'low')),
    add column state_since    timestamptz not null default now(),
    add column last_created   bigint,
    add column last_updated   bigint,
    add column last_destroyed bigint;
comment on column account.smtp_url is 'smtps://HOST:PORT or smtp://HOST:PORT; null where the URL of the account says it, or where it sends nothing';
comment on column account.last_created is 'what the last sync that reached its end did; null before the first';
create index account_in_order on account (organisation_id, created_at, id);

-- Where there is more to do than workers, jobs are taken by priority; one without any would come first.
update scheduled_tasks set priority = 50 where priority is null;
create index scheduled_tasks_by_priority on scheduled_tasks (priority desc, execution_time);
