package dev.steadymail.gmail.upload;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.GmailRequest;
import com.google.api.services.gmail.model.Message;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request whose body is a message or a piece of one. Google's own uploader repeats requests by itself, out of the guard's sight, so
 * it is not used. Not thread-safe.
 */
public final class MediaRequest extends GmailRequest<Message> {
    private final String url;
    private final HttpContent body;
    private final Map<String, Object> headers = new LinkedHashMap<>();

    /**
     * Makes a request.
     *
     * @param method POST or PUT
     * @param url the whole URL
     */
    public MediaRequest(Gmail gmail, String method, String url, HttpContent body) {
        super(gmail, method, "", null, Message.class);
        this.url = url;
        this.body = body;
        setDisableGZipContent(true);
    }

    /** Adds a header field. */
    public MediaRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    @Override
    public GenericUrl buildHttpRequestUrl() {
        return new GenericUrl(url);
    }

    @Override
    public HttpRequest buildHttpRequest() throws IOException {
        HttpRequest request = super.buildHttpRequest();
        request.setContent(body);
        request.getHeaders().putAll(headers);
        return request;
    }
}
