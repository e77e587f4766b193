package dev.steadymail.cache.redis;

import dev.steadymail.cache.codec.KeyNames;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How limits are named in Redis: by digests, since their keys may hold addresses. Thread-safe.
 *
 * @param prefix begins every key, in its hash tag: what has one prefix lies in one slot of a cluster; 1 to 100 characters without
 *     braces
 * @param names makes a name that is given to no other key, and tells nothing of it
 */
record LimitKeys(String prefix, KeyNames names) {
    private static final int LONGEST_PREFIX = 100;

    LimitKeys {
        boolean hasBrace = prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0;
        if (prefix.isEmpty() || prefix.length() > LONGEST_PREFIX || hasBrace) {
            throw new IllegalArgumentException("prefix must have 1 to 100 characters and no brace, was " + prefix);
        }
    }

    /** Returns the name of a limit or a scope. */
    String name(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(names.of("limit", key));
    }

    byte[] head() {
        return key("head");
    }

    byte[] index() {
        return key("index");
    }

    byte[] quota(String name) {
        return key("q:" + name);
    }

    private byte[] key(String rest) {
        return ("{" + prefix + ":limits}:" + rest).getBytes(StandardCharsets.UTF_8);
    }
}
