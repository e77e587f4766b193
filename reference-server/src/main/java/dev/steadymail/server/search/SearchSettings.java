package dev.steadymail.server.search;

import dev.steadymail.server.folder.StartException;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mail is searched, {@code steadymail.search.*}.
 *
 * @param language a text search configuration of PostgreSQL, such as english; simple by default, which takes words as they are
 */
@ConfigurationProperties("steadymail.search")
record SearchSettings(@DefaultValue("simple") String language) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    SearchSettings {
        if (!NAME.matcher(language).matches()) {
            throw StartException.usage(
                    "steadymail.search.language must be the name of a text search configuration such as"
                            + " simple or english; correct it, or unset it for simple");
        }
    }
}
