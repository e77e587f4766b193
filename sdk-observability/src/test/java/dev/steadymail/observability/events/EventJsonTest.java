package dev.steadymail.observability.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.AccountNames;
import dev.steadymail.observability.OperationNames;
import dev.steadymail.observability.export.EventBatch;
import dev.steadymail.observability.export.InMemoryExporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is sent has the published shape, all of it, and no word of anybody's mail. */
class EventJsonTest {
    private static final String CANARY = "canary-7f3a@secret.example";
    private static final Set<String> TYPES = Set.of(
            "gmail_request",
            "imap_request",
            "smtp_request",
            "other_request",
            "circuit_breaker",
            "rate_limit",
            "retry",
            "error",
            "cache",
            "sync",
            "watch",
            "send");

    private final EventJson json = new EventJson(UUID.randomUUID(), AccountNames.random(), OperationNames.STANDARD);

    @Test
    void everyKindOfEvent_hasThePublishedShape() throws IOException {
        JsonSchema schema = schema();
        Set<String> types = new TreeSet<>();
        for (ClientEvent event : Samples.all()) {
            JsonNode one = Bench.json(text(List.of(event)));
            assertEquals(Set.of(), schema.validate(one), () -> event + " as " + one);
            types.add(one.at("/events/0/type").asText());
        }
        assertEquals(new TreeSet<>(TYPES), types);
    }

    @Test
    void foreignKeys_haveNoPlaceAnywhere() throws IOException {
        JsonSchema schema = schema();
        for (ClientEvent event : Samples.all()) {
            for (String place : List.of("", "/events/0", "/events/0/details")) {
                JsonNode one = Bench.json(text(List.of(event)));
                ((ObjectNode) one.at(place)).put("subject line", "hello");
                assertFalse(schema.validate(one).isEmpty(), () -> place + " of " + event);
            }
        }
    }

    @Test
    void moreThanAHundredEvents_haveNotThePublishedShape() throws IOException {
        ObjectNode batch = (ObjectNode) Bench.json(text(List.of(Samples.request(1))));
        ArrayNode events = (ArrayNode) batch.get("events");
        for (int more = 1; more < 100; more++) {
            events.add(events.get(0));
        }
        assertTrue(schema().validate(batch).isEmpty());
        events.add(events.get(0));
        assertFalse(schema().validate(batch).isEmpty());
    }

    @Test
    void request_saysWhatItWas() {
        JsonNode event = Bench.events(text(List.of(Samples.request(5)))).get(0);
        assertEquals("gmail_request", event.get("type").asText());
        assertEquals(Samples.AT.toEpochMilli(), event.get("timestamp").asLong());
        ObjectNode details = (ObjectNode) event.get("details");
        assertTrue(details.remove("account").asText().matches("[0-9a-f]{16}"));
        assertEquals(
                Bench.json(
                        "{\"operation\":\"messages.get\",\"lane\":\"delta\",\"retryCount\":1,\"units\":5,\"waited\":7,"
                                + "\"latency\":120,\"queueSize\":3,\"outcome\":\"success\"}"),
                details);
    }

    @Test
    void everyAccountOfTheProcess_isAll() {
        String text = text(List.of(new LimitEvent(Samples.AT, new AccountId("*"), Protocol.OTHER, "shared", 0, 0)));
        assertEquals("all", Bench.events(text).at("/0/details/account").asText());
    }

    @Test
    void plantedWords_areNowhere() {
        InMemoryExporter exporter = new InMemoryExporter();
        EventBatcher batcher = new Bench().batcher(exporter);
        List<ClientEvent> planted = Samples.all(new AccountId(CANARY), CANARY, CANARY);
        planted.forEach(batcher::on);
        StringBuilder told = new StringBuilder(batcher.toString());
        batcher.close();
        told.append(batcher).append(batcher.statistics());
        for (EventBatch batch : exporter.taken()) {
            told.append(batch).append(batch.json());
        }
        assertEquals(planted.size(), Bench.balanced(batcher, planted.size()).sent());
        for (String word : List.of("canary", "7f3a", "secret", "@")) {
            assertFalse(told.toString().contains(word), word);
        }
        assertTrue(told.toString().contains("\"operation\":\"other\""));
        assertTrue(told.toString().contains("\"limit\":\"other\""));
    }

    private String text(List<ClientEvent> events) {
        return new String(json.of(events), StandardCharsets.UTF_8);
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = EventBatcher.class.getResourceAsStream("client-events.schema.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
        }
    }
}
