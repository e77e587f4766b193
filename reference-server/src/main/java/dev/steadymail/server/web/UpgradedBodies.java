package dev.steadymail.server.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Lets the request that asks for HTTP/2 on a plain connection bring any body that the API takes. Tomcat keeps that body until it speaks
 * HTTP/2, 4 KiB of it without this, and answers 413 where there is more; clients such as Java's ask with their first request, whatever it is.
 */
@Component
class UpgradedBodies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    /** More than {@link LimitedRequest} takes, so that what is refused is refused there. */
    private static final int MOST_BYTES = 66 << 10;

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> connector.setMaxSavePostSize(MOST_BYTES));
    }
}
