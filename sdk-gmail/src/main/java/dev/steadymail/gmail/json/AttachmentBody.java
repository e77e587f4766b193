package dev.steadymail.gmail.json;

import java.io.IOException;
import java.io.InputStream;

/** Reads answers of {@code messages.attachments.get}. */
public final class AttachmentBody {
    private AttachmentBody() {}

    /** Returns the content; empty where the answer holds none. */
    public static Octets read(InputStream content) throws IOException {
        Octets[] data = {Octets.EMPTY};
        JsonObjects.document(content, (name, json) -> {
            if (name.equals("data")) {
                Octets octets = Octets.of(json);
                data[0] = octets == null ? Octets.EMPTY : octets;
            }
        });
        return data[0];
    }
}
