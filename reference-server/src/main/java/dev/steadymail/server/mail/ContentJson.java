package dev.steadymail.server.mail;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.steadymail.server.mail.EmailContent.Address;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an email's content is written to the database and read back. Its settings are its own, so that those of the HTTP API change
 * nothing that is stored. It also reads what an older or newer version wrote: fields that are not known are passed over, lists and
 * numbers that are missing are empty and 0. Thread-safe.
 */
@Component
public class ContentJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .withConfigOverride(
                    List.class, lists -> lists.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    EmailContent read(String json) {
        return MAPPER.readValue(json, EmailContent.class);
    }

    List<Address> readAddresses(String json) {
        return List.of(MAPPER.readValue(json, Address[].class));
    }

    public String write(EmailContent content) {
        return MAPPER.writeValueAsString(content);
    }
}
