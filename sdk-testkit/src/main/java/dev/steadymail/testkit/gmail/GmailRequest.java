package dev.steadymail.testkit.gmail;

/**
 * One answered call, as kept in {@link FakeGmail#log()}. Query, headers and body are left out, so no token or search
 * text stands here. Parts of a batch are listed one by one, before the batch call that held them.
 *
 * @param method the HTTP method after any override
 * @param path the path without query, for example {@code /gmail/v1/users/me/messages}
 * @param status the HTTP status answered, or 0 if an injected fault dropped the connection instead
 * @param inBatch whether the call was a part of a batch
 */
public record GmailRequest(String method, String path, int status, boolean inBatch) {}
