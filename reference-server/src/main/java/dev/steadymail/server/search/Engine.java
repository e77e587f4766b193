package dev.steadymail.server.search;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who answered a search. */
enum Engine {
    /** Whole words, in the database. */
    FULLTEXT,
    /** Parts of words and words that are alike, in the database: subjects, people and names of files. */
    SUBSTRING,
    /** The account's provider. */
    PROVIDER;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
