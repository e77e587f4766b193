package dev.steadymail.testkit.proxy;

import java.util.Map;

/**
 * What a proxy has done so far, at one moment.
 *
 * @param connections connections accepted, refused ones included; also the number of the latest one
 * @param open connections that live now
 * @param unreachable connections that were reset because the target could not be reached
 * @param bytesToServer octets written to the target, repeated ones included
 * @param bytesToClient octets written to clients, repeated ones included
 * @param bufferedBytes octets held by the proxy now, of all connections
 * @param peakBufferedBytes the most octets that were held at once
 * @param used faults that have acted, with the number of connections on which they did
 */
public record ProxyCounts(
        int connections,
        int open,
        int unreachable,
        long bytesToServer,
        long bytesToClient,
        long bufferedBytes,
        long peakBufferedBytes,
        Map<ProxyFault, Integer> used) {

    public ProxyCounts {
        used = Map.copyOf(used);
    }

    /** Returns on how many connections a fault has acted; 0 if it never met its occasion. */
    public int used(ProxyFault fault) {
        return used.getOrDefault(fault, 0);
    }
}
