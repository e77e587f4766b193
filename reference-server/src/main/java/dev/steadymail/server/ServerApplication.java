package dev.steadymail.server;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The parts of the service, found by package. */
@SpringBootApplication
public class ServerApplication {}
