package dev.steadymail.server.demo;

/**
 * Somebody who writes or is written to.
 *
 * @param name as people read it, in any script
 * @param address ASCII, in a reserved domain
 */
record Person(String name, String address) {
    static final String ADA = "ada";

    @Override
    public String toString() {
        return "Person[hidden]";
    }
}
