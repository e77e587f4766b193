package dev.steadymail.server.web;

import org.apache.coyote.Request;
import org.apache.coyote.http2.Http2Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * HTTP/2 on plain connections for who knows that it is spoken here, as proxies do. The header Upgrade is passed over, as RFC 9113 section 3.1
 * took it out of HTTP/2: clients such as Java's send it with their first request, whatever body that has, which would have to be kept until the
 * protocol has changed.
 */
@Component
class PlainHttp2 implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> connector.addUpgradeProtocol(new PriorKnowledge()));
    }

    private static final class PriorKnowledge extends Http2Protocol {
        @Override
        public boolean accept(Request request) {
            return false;
        }
    }
}
