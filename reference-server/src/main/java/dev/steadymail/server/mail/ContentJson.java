package dev.steadymail.server.mail;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** How an email's content is written to the database and read back. Thread-safe. */
@Component
public class ContentJson {
    private final JsonMapper mapper;

    public ContentJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    EmailContent read(String json) {
        return mapper.readValue(json, EmailContent.class);
    }

    public String write(EmailContent content) {
        return mapper.writeValueAsString(content);
    }
}
