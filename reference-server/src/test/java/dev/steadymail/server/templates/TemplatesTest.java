package dev.steadymail.server.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(Lifecycle.PER_CLASS)
final class TemplatesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path data) {
        server = RunningServer.start(data);
    }

    @AfterAll
    void close() {
        server.close();
    }

    /** What languages of templates would compute, call or run. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "${7*7}",
                "#{7*7}",
                "*{7*7}",
                "{{7*7}}",
                "{{constructor}}",
                "{{__proto__}}",
                "{{class.forName}}",
                "<%= 7*7 %>",
                "${jndi:ldap://127.0.0.1/x}",
                "#set($x=7*7)$x",
                "$1 \\1 \\",
                "{{name}}"
            })
    void render_canaries_stayText(String canary) {
        Map<String, String> values = Map.of("name", canary);
        assertEquals("a " + canary + " b", Placeholders.inText("a {{name}} b", values), "as a value");
        String written = canary.equals("{{name}}") ? "{{other}}" : canary;
        assertEquals(written + canary, Placeholders.inText(written + "{{name}}", values), "as a template");
    }

    @Test
    void render_valuesInHtml_areText() {
        assertEquals(
                "<p title=\"&quot; onclick=&#39;x&#39;\">&lt;script&gt;&amp;</p>",
                Placeholders.inHtml("<p title=\"{{a}}\">{{b}}</p>", Map.of("a", "\" onclick='x'", "b", "<script>&")));
    }

    @Test
    void template_isKept_rendered_changedAndRemoved() {
        Answer added = post(
                "/api/v1/templates",
                Map.of("name", "welcome", "subject", "Dear {{name}}", "text", "${7*7} {{name}} {{missing}}"));
        assertEquals(201, added.status(), added.text());
        String path = added.header("Location");
        assertEquals(409, post("/api/v1/templates", Map.of("name", "welcome")).status());

        JsonNode rendered =
                post(path + "/render", Map.of("values", Map.of("name", "Ada"))).json();
        assertEquals("Dear Ada", rendered.get("subject").asString());
        assertEquals("${7*7} Ada {{missing}}", rendered.get("text").asString());
        assertTrue(rendered.get("html").isNull());
        Answer injected = post(path + "/render", Map.of("values", Map.of("name", "x\r\nBcc: eve@example.org")));
        assertEquals(422, injected.status(), injected.text());

        Answer changed = server.putWith(path, JSON.writeValueAsString(Map.of("name", "hello", "text", "Hi")));
        assertEquals("hello", changed.json().get("name").asString(), changed.text());
        assertTrue(server.get("/api/v1/templates").text().contains("hello"));
        assertEquals(204, server.delete(path).status());
        assertEquals(404, server.get(path).status());
        assertEquals(404, server.delete(path).status());
        assertEquals(422, post("/api/v1/templates", Map.of("name", "a\nb")).status());
    }

    @Test
    void signatures_haveOneDefault() {
        String first = post("/api/v1/signatures", Map.of("name", "a", "text", "Ada", "isDefault", true))
                .header("Location");
        Answer second = post("/api/v1/signatures", Map.of("name", "b", "html", "<p>Ada</p>", "isDefault", true));
        assertEquals(201, second.status(), second.text());
        assertFalse(server.get(first).json().get("isDefault").asBoolean());
        assertTrue(server.get(second.header("Location")).json().get("isDefault").asBoolean());
        Answer back =
                server.putWith(first, JSON.writeValueAsString(Map.of("name", "a", "text", "Ada", "isDefault", true)));
        assertEquals(200, back.status(), back.text());
        assertFalse(
                server.get(second.header("Location")).json().get("isDefault").asBoolean());
        assertEquals(List.of("a", "b"), names(server.get("/api/v1/signatures").json()));
        assertEquals(204, server.delete(first).status());
        assertEquals(404, server.get(first).status());
    }

    private static List<String> names(JsonNode list) {
        return list.get("items")
                .valueStream()
                .map(item -> item.get("name").asString())
                .toList();
    }

    private Answer post(String path, Map<String, Object> body) {
        return server.post(path, JSON.writeValueAsString(body));
    }
}
