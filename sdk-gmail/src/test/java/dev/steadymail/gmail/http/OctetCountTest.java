package dev.steadymail.gmail.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;

class OctetCountTest {
    @Test
    void requestLine_countsWithItsQuery() throws IOException {
        List<Long> counted = new ArrayList<>();
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(new OctetCount(counted::add))
                .addInterceptor(chain -> new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .body(ResponseBody.create("12345", null))
                        .build())
                .build();
        Request request =
                new Request.Builder().url("http://127.0.0.1/path?q=a%20b").build();
        try (Response response = client.newCall(request).execute()) {
            assertEquals("12345", response.body().string());
        }
        assertEquals(List.of((long) "GET/path?q=a%20b".length(), 0L, 5L), counted);
    }
}
