/** Mail model, client, provider SPI and sync; the types other Steadymail modules are written against. */
module dev.steadymail.core {
    requires org.slf4j;
    requires static org.jspecify;
}
