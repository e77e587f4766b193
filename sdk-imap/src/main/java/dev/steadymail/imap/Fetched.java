package dev.steadymail.imap;

import dev.steadymail.imap.codec.FetchData;
import java.util.Map;

/**
 * What was told of one message.
 *
 * @param data the facts; the UID is always among them
 * @param contents octets of sections, by name
 */
record Fetched(FetchData data, Map<String, byte[]> contents) {
    long uid() {
        return data.message().uid();
    }

    /** Returns the size the server states, or -1. */
    long size() {
        return data.size();
    }
}
