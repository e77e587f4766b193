/** Steadymail's core: the mail model, the client, the provider SPI, the guard and sync. */
module dev.steadymail.core {
    requires static transitive org.jspecify;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires org.slf4j;

    exports dev.steadymail;
    exports dev.steadymail.auth;
    exports dev.steadymail.content;
    exports dev.steadymail.event;
    exports dev.steadymail.guard;
    exports dev.steadymail.hybrid;
    exports dev.steadymail.mail;
    exports dev.steadymail.provider;
    exports dev.steadymail.query;
    exports dev.steadymail.send;
    exports dev.steadymail.sync;
    exports dev.steadymail.thread;
    exports dev.steadymail.time;
    exports dev.steadymail.watch;
}
