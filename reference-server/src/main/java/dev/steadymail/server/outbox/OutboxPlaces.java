package dev.steadymail.server.outbox;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Which outboxes have something to do, over all organisations; kept by the database itself. Thread-safe. */
@Component
class OutboxPlaces {
    private static final String AT_WORK =
            "select account_id, organisation_id, settled, tidied from outbox_place where waiting > 0 or tidied < settled";

    private final JdbcTemplate jdbc;

    OutboxPlaces(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Place> atWork() {
        return jdbc.query(
                AT_WORK,
                (row, n) -> new Place(
                        row.getObject("account_id", UUID.class),
                        row.getObject("organisation_id", UUID.class),
                        row.getLong("settled"),
                        row.getLong("tidied")));
    }

    /** Notes that what was settled until a place was read has been tidied up. */
    void tidied(Place place) {
        jdbc.update(
                "update outbox_place set tidied = greatest(tidied, ?) where account_id = ?",
                place.settled(),
                place.account());
    }

    void remove(Place place) {
        jdbc.update("delete from outbox_place where account_id = ?", place.account());
    }

    /**
     * An outbox with something to do.
     *
     * @param settled how often an entry was settled
     * @param tidied as settled was when it was tidied up last
     */
    record Place(UUID account, UUID organisation, long settled, long tidied) {
        boolean isUntidy() {
            return tidied < settled;
        }
    }
}
