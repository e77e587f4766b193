package dev.steadymail.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets few requests with long bodies be worked on at a time, since each may need several times its length of memory until it is answered. A
 * body of usual length, by its stated length, has no need of a place.
 */
@Configuration(proxyBeanMethods = false)
class LargeBodies implements WebMvcConfigurer, HandlerInterceptor {
    private static final int AT_ONCE = 3;
    private static final long PATIENCE_SECONDS = 20;
    private static final long USUAL = 64 << 10;
    private static final String HAS_PLACE = LargeBodies.class.getName();

    private final Semaphore places = new Semaphore(AT_ONCE, true);

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        if (isLarge(request, handler)) {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new BusyException();
            }
            request.setAttribute(HAS_PLACE, true);
        }
        return true;
    }

    @Override
    @SuppressWarnings("NullAway") // Spring gives no exception where there was none
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, Exception failure) {
        if (request.getAttribute(HAS_PLACE) != null) {
            request.removeAttribute(HAS_PLACE);
            places.release();
        }
    }

    private static boolean isLarge(HttpServletRequest request, Object handler) {
        long length = request.getContentLengthLong();
        return handler instanceof HandlerMethod method
                && method.hasMethodAnnotation(BodyUpTo.class)
                && (length < 0 || length > USUAL);
    }

    /** Too many long bodies are being worked on. */
    static final class BusyException extends ApiException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The server is busy",
                    "too many large requests are being worked on; try again in a few seconds");
        }
    }
}
