package dev.steadymail.server;

import dev.steadymail.server.embedded.EmbeddedServices;
import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.folder.StartException;

/** The key that credentials are stored under where the database is our own: made at the first start, before the database. */
final class EmbeddedKey {
    private static final String NAME = "encryption-key";

    private EmbeddedKey() {}

    /** Returns the key, Base64 of 32 bytes; throws where a database is there and its key is not, since no other fits. */
    static String of(DataFolder folder) {
        if (!folder.hasSecret(NAME) && EmbeddedServices.hasDatabase(folder)) {
            throw StartException.storage(
                    folder.secretFile(NAME) + " is missing, and the credentials in " + folder.resolve("postgres")
                            + " cannot be read without it; restore the file, or move that folder away to start anew",
                    null);
        }
        return folder.secret(NAME);
    }
}
