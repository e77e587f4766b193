package dev.steadymail.imap.codec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * BODYSTRUCTURE of a message or part (RFC 3501 section 7.4.2). Immutable.
 *
 * @param type in lower case, {@code multipart} where there are parts
 * @param subtype in lower case
 * @param parameters by lower-case name
 * @param id Content-ID, null where there is none
 * @param encoding in lower case, {@code 7bit} where the server names none
 * @param size octets as encoded, 0 for a multipart
 * @param parts of a multipart; of a message the one that is its body
 * @param disposition in lower case, null where there is none
 * @param dispositionParameters by lower-case name
 */
public record StructureData(
        String type,
        String subtype,
        Map<String, String> parameters,
        @Nullable String id,
        String encoding,
        long size,
        List<StructureData> parts,
        @Nullable String disposition,
        Map<String, String> dispositionParameters) {

    @Override
    public String toString() {
        return "StructureData[parts=" + parts.size() + "]";
    }
}
