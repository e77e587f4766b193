package dev.steadymail.server.vault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/**
 * Seals secrets for the database and opens them again, for the organisation that the thread works for. Thread-safe.
 *
 * <p>A value opens in the place that it was sealed for, and nowhere else: not in another row, column, table or organisation, and not
 * with a bit changed. Sealing the same secret twice gives two values that differ.
 */
@Service
public class Vault {
    private static final byte BEFORE_DATA_KEYS = 1;
    private static final int READS = 4;

    private final DataKeys dataKeys;
    private final EncryptionKeys encryptionKeys;
    private final List<SealedColumn> columns;

    Vault(DataKeys dataKeys, EncryptionKeys encryptionKeys, List<SealedColumn> columns) {
        this.dataKeys = dataKeys;
        this.encryptionKeys = encryptionKeys;
        this.columns = List.copyOf(columns);
    }

    /** Returns what it seals for. */
    List<SealedColumn> columns() {
        return columns;
    }

    /**
     * Seals a secret. Do it in the transaction that stores the value: until that ends the key stays. Where it is stored later, the
     * database refuses it if its key was destroyed in between.
     *
     * @throws IllegalArgumentException where the place is in no {@link SealedColumn}
     */
    public byte[] seal(Place place, byte[] secret) {
        if (columns.stream().noneMatch(column -> column.has(place))) {
            throw new IllegalArgumentException("no rotation of keys would find " + place.table() + "." + place.field()
                    + "; make it a bean of the type SealedColumn");
        }
        return dataKeys.active().seal(place, secret);
    }

    /** Seals a text, as {@link #seal(Place, byte[])} does. */
    public byte[] seal(Place place, String secret) {
        return seal(place, secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Opens a value that was read just now.
     *
     * @throws UnreadableSecretException where it was sealed for another place, was changed, or its key is not known any more; the latter
     *     also where a rotation of keys replaced the value since it was read, see {@link #open(Place, Supplier)}
     */
    public byte[] open(Place place, byte[] value) {
        if (value.length == 0) {
            throw new UnreadableSecretException(null);
        }
        return switch (value[0]) {
            case BEFORE_DATA_KEYS ->
                encryptionKeys.decrypt(value, place.table() + "/" + place.row() + "/" + place.field());
            case DataKey.VERSION -> dataKeys.find(DataKey.idIn(value)).open(place, value);
            default -> throw new UnreadableSecretException(null);
        };
    }

    /**
     * Reads a value and opens it, and does so again where a rotation of keys replaced it meanwhile.
     *
     * @param read gives the value as it is stored at that time; empty where there is none
     * @throws UnreadableSecretException as {@link #open(Place, byte[])}
     */
    public Optional<byte[]> open(Place place, Supplier<Optional<byte[]>> read) {
        Optional<byte[]> value = read.get();
        for (int reads = 1; value.isPresent(); reads++) {
            try {
                return Optional.of(open(place, value.get()));
            } catch (UnreadableSecretException unreadable) {
                Optional<byte[]> next = read.get();
                if (reads == READS || (next.isPresent() && Arrays.equals(next.get(), value.get()))) {
                    throw unreadable;
                }
                value = next;
            }
        }
        return Optional.empty();
    }

    /** Reads and opens a text, as {@link #open(Place, Supplier)} does. */
    public Optional<String> openText(Place place, Supplier<Optional<byte[]>> read) {
        return open(place, read).map(secret -> new String(secret, StandardCharsets.UTF_8));
    }
}
