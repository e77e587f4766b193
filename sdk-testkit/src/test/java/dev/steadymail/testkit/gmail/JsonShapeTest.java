package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonShapeTest {

    @Test
    void shape_hasKeysAndTypes() {
        assertEquals(
                Map.of("", "object", "a", "array", "a[]", "object", "a[].b", "number|string", "c", "boolean"),
                shape("{'a':[{'b':1},{'b':'x'}],'c':true}"));
    }

    @Test
    void differences_nameWhatStandsOnEachSide() {
        assertEquals(
                List.of("a string/number", "b absent/string", "c string/absent"),
                JsonShape.differences(shape("{'a':'x','c':'y'}"), shape("{'a':1,'b':'x'}")));
        assertEquals(List.of(), JsonShape.differences(shape("{'a':'x'}"), shape("{'a':'y'}")));
    }

    private static Map<String, String> shape(String json) {
        return JsonShape.of(JsonParser.parseString(json.replace('\'', '"')));
    }
}
