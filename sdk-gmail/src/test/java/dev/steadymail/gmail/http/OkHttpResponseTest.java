package dev.steadymail.gmail.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import org.junit.jupiter.api.Test;

class OkHttpResponseTest {
    @Test
    void contentThatCannotBeUnpacked_isClosedAndEmptyFromThenOn() throws IOException {
        BufferedSource wire = Okio.buffer((Source) new Buffer().writeUtf8("no gzip"));
        ResponseBody body = ResponseBody.create(wire, null, 7);
        OkHttpResponse response = compressed(body);
        assertThrows(IOException.class, response::getContent);
        assertFalse(wire.isOpen());
        assertEquals(-1, response.getContent().read());
    }

    @Test
    void emptyBody_isEmptyAlsoWhereItSaysThatItIsCompressed() throws IOException {
        assertEquals(-1, compressed(ResponseBody.create("", null)).getContent().read());
    }

    private static OkHttpResponse compressed(ResponseBody body) {
        return new OkHttpResponse(
                new Response.Builder()
                        .request(new Request.Builder().url("http://127.0.0.1/").build())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .header("Content-Encoding", "gzip")
                        .body(body)
                        .build(),
                100);
    }
}
