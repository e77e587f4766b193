-- What searches look at, apart from email, so that a mark such as "seen" writes no index of words.
--
-- PostgreSQL asks conditions of its own operators for text only after the policy of a table, as they could tell what they are shown, and then
-- uses no index for them. So the search itself is in the policy of email_search: a transaction names what it searches for with
-- set_config('steadymail.searched_...', ..., true), and sees rows of its organisation that match, and no others. Both conditions are of the
-- policy, and one index answers both. Whoever writes rows names their emails in the same way, one at a time, see index_emails.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create table search_language (
    one      boolean primary key default true check (one),
    language text    not null,
    stale    boolean not null default false
);
comment on table search_language is 'the text search configuration that rows of email_search are made with; stale while some have another';
insert into search_language (language) values ('simple');

-- For searches without words over all accounts of an organisation.
create index email_of_organisation on email (organisation_id, received_at desc, id desc);

create function searched_query() returns tsquery language sql stable parallel safe
    return nullif(current_setting('steadymail.searched_query', true), '')::tsquery;
create function searched_pattern() returns text language sql stable parallel safe
    return nullif(current_setting('steadymail.searched_pattern', true), '');
create function searched_word() returns text language sql stable parallel safe
    return nullif(current_setting('steadymail.searched_word', true), '');
create function indexed_email() returns uuid language sql stable parallel safe
    return nullif(current_setting('steadymail.indexed_email', true), '')::uuid;

-- Words as they are compared: without accents, in lower case, and with spaces for ASCII punctuation, so that "ada@example.com" is three words.
create function search_folded(shown text) returns text language sql immutable strict parallel safe
    return trim(regexp_replace(lower(translate(
        normalize(regexp_replace(normalize(shown, nfkd), '[\u0300-\u036f]+', '', 'g'), nfkc),
        '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32))), '\s+', ' ', 'g'));

create function search_addresses(content jsonb, field text) returns text language sql immutable parallel safe
    return (select search_folded(string_agg(concat_ws(' ', address ->> 'name', address ->> 'address'), ' '))
            from jsonb_path_query(content, ('$.' || field || '[*]')::jsonpath) address);

create table email_search (
    email_id        uuid primary key references email on delete cascade,
    organisation_id uuid     not null default current_organisation() references organisation on delete cascade,
    language        text     not null,
    words           text     not null,
    vector          tsvector not null,
    body_text       text check (length(body_text) <= 100000)
);
comment on column email_search.words is 'subject, people and names of files, folded';
comment on column email_search.vector is 'subject A, people B, names of files C, body D';
comment on column email_search.body_text is 'the text as somebody read it, cut; null where nobody did';
create index email_search_words on email_search using gin (organisation_id, vector);
create index email_search_trigrams on email_search using gin (organisation_id, words gin_trgm_ops);
alter table email_search enable row level security, force row level security;
create policy own_organisation on email_search using (
    organisation_id = current_organisation()
    and (vector @@ searched_query()
         or words like searched_pattern()
         or words %> searched_word()
         or email_id = indexed_email()));

-- Makes the rows of these emails anew. What senders write is cut: a vector has an end at 1 MB, and past it PostgreSQL fails. Planned once
-- for a connection, since to plan it takes longer than to run it, and never to read a table whole, which is small only when that is planned.
create function index_emails(ids uuid[]) returns void language plpgsql
    set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    named uuid;
begin
    foreach named in array ids loop
        perform set_config('steadymail.indexed_email', named::text, true);
        insert into email_search (email_id, organisation_id, language, words, vector)
        select e.id, e.organisation_id, l.language, concat_ws(' ', t.subject, t.people, t.files),
               setweight(to_tsvector(l.language::regconfig, t.subject), 'A')
               || setweight(to_tsvector(l.language::regconfig, t.people), 'B')
               || setweight(to_tsvector(l.language::regconfig, t.files), 'C')
               || setweight(to_tsvector(l.language::regconfig, t.body), 'D')
        from email e
        cross join search_language l
        left join email_search before on before.email_id = e.id
        cross join lateral (
            select coalesce(search_folded(e.subject), '') as subject,
                   left(concat_ws(' ', search_addresses(e.content, 'from'), search_addresses(e.content, 'to'),
                                  search_addresses(e.content, 'cc'), search_addresses(e.content, 'bcc')), 20000) as people,
                   left(coalesce((select search_folded(string_agg(file ->> 'name', ' '))
                                  from jsonb_path_query(e.content, '$.attachments[*]') file), ''), 20000) as files,
                   left(coalesce(search_folded(before.body_text), ''), 50000) as body) t
        where e.id = named and e.organisation_id = current_organisation()
        on conflict (email_id) do update
        set language = excluded.language, words = excluded.words, vector = excluded.vector;
    end loop;
    perform set_config('steadymail.indexed_email', '', true);
end
$$;

-- Keeps the text of an email's body for searches.
create function index_body(id uuid, body text) returns void language plpgsql as $$
begin
    perform set_config('steadymail.indexed_email', id::text, true);
    update email_search set body_text = left(body, 100000)
    where email_id = id and organisation_id = current_organisation() and body_text is distinct from left(body, 100000);
    if found then
        perform index_emails(array[id]);
    end if;
    perform set_config('steadymail.indexed_email', '', true);
end
$$;

-- Makes those of these emails' rows anew that are of another language than is asked for now.
create function index_outdated(ids uuid[]) returns void language plpgsql
    set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    named uuid;
begin
    foreach named in array ids loop
        perform set_config('steadymail.indexed_email', named::text, true);
        perform from email_search s cross join search_language l
        where s.organisation_id = current_organisation() and s.email_id = named and s.language <> l.language;
        if found then
            perform index_emails(array[named]);
        end if;
    end loop;
    perform set_config('steadymail.indexed_email', '', true);
end
$$;

create function index_email() returns trigger language plpgsql as $$
begin
    perform index_emails(array[new.id]);
    return null;
end
$$;
create trigger email_added after insert on email for each row execute function index_email();
create trigger email_rewritten after update of subject, content on email for each row
    when (old.subject is distinct from new.subject or old.content is distinct from new.content)
    execute function index_email();

do $$
declare
    tenant uuid;
begin
    for tenant in select id from organisation loop
        perform set_config('steadymail.organisation', tenant::text, true);
        perform index_emails(array_agg(id))
        from (select id, row_number() over (order by id) / 500 as part from email where organisation_id = tenant) numbered
        group by part;
    end loop;
end
$$;
