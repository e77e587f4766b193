package dev.steadymail.server.vault;

import java.util.regex.Pattern;

/**
 * A column with sealed values. Each is a bean, so that a rotation of keys finds all of them: the vault seals for no other. Its table has
 * {@code organisation_id}, and a trigger that executes {@code require_data_key} with the column's name.
 *
 * @param id the column that identifies a row: of one type that has an order, such as uuid or bigint
 * @param column the values, of type bytea; null where a row has none
 */
public record SealedColumn(String table, String id, String column) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]*");

    public SealedColumn {
        requireName(table);
        requireName(id);
        requireName(column);
    }

    boolean has(Place place) {
        return place.table().equals(table) && place.field().equals(column);
    }

    /** Names become part of statements as they are. */
    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name of small letters and underscores is needed, was " + name);
        }
    }
}
