package dev.steadymail.server.vault;

import java.util.UUID;

/**
 * Where a secret is stored, within the organisation that the thread works for. A sealed value opens in its own place only.
 *
 * @param row the row's id as PostgreSQL writes it as text
 */
public record Place(String table, String field, String row) {
    /** Returns the place of a field in the row with an id. */
    public static Place of(String table, String field, UUID row) {
        return new Place(table, field, row.toString());
    }
}
