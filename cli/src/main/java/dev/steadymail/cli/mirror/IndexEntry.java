package dev.steadymail.cli.mirror;

import java.util.List;

/**
 * A line of {@code index.jsonl} as it was read, as far as it can be compared with a server.
 *
 * @param id the mirror's own id
 * @param mailboxes full names, sorted
 * @param keywords sorted
 * @param sha256 the hash that names the content
 * @param size octets of the content
 */
record IndexEntry(String id, List<String> mailboxes, List<String> keywords, String sha256, long size) {
    IndexEntry {
        mailboxes = List.copyOf(mailboxes);
        keywords = List.copyOf(keywords);
    }
}
