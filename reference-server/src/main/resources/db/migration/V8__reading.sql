-- Parts of emails that were read a moment ago, so that the next who opens the email does not ask the provider again.
create table body_cache (
    email_id        uuid        not null references email on delete cascade,
    part            text        not null check (length(part) <= 400),
    account_id      uuid        not null references account on delete cascade,
    organisation_id uuid        not null default current_organisation() references organisation on delete cascade,
    content         bytea       not null check (octet_length(content) <= 1048576),
    expires_at      timestamptz not null,
    primary key (email_id, part)
);
comment on table body_cache is 'content of mail in the clear, for minutes';
create index body_cache_expiry on body_cache (organisation_id, expires_at);
create index body_cache_of_account on body_cache (account_id);
alter table body_cache enable row level security, force row level security;
create policy own_organisation on body_cache using (organisation_id = current_organisation());

-- Conversations: emails that name each other, or that the provider groups. What is there already is alone, or with its provider's thread.
alter table email add column conversation_id uuid not null default gen_random_uuid();
create table conversation_link (
    account_id      uuid not null references account on delete cascade,
    key             text not null check (length(key) <= 40),
    organisation_id uuid not null default current_organisation() references organisation on delete cascade,
    conversation_id uuid not null,
    primary key (account_id, key)
);
comment on column conversation_link.key is 'a digest of a Message-ID that an email has or names (m:), or of a provider''s thread (t:)';

alter table email no force row level security;
update email e set conversation_id = thread.conversation_id
from (select account_id, thread_id, gen_random_uuid() as conversation_id from email
      where thread_id is not null group by account_id, thread_id) thread
where e.account_id = thread.account_id and e.thread_id = thread.thread_id;
insert into conversation_link (account_id, organisation_id, key, conversation_id)
select distinct on (1, 3) account_id, organisation_id,
       kind || translate(encode(substring(sha256(convert_to(name, 'UTF8')) from 1 for 12), 'base64'), '+/', '-_'),
       conversation_id
from (select account_id, organisation_id, conversation_id,
             case when thread_id is null then 'm:' else 't:' end as kind,
             coalesce(thread_id, nullif(substring(content ->> 'messageId' from '<([^<>[:space:]"\\]+@[^<>[:space:]"\\]+)>'), '')) as name
      from email) named
where name is not null;
alter table email force row level security;

create index email_conversation on email (account_id, conversation_id, received_at desc, id desc);
create index conversation_link_of_conversation on conversation_link (account_id, conversation_id);
alter table conversation_link enable row level security, force row level security;
create policy own_organisation on conversation_link using (organisation_id = current_organisation());
