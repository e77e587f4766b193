package dev.steadymail.server.discovery;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** The name servers of this machine, asked by Java's own client. */
final class SystemDns implements DnsRecords {
    private static final int MOST = 20;
    private static final String FIRST_WAIT_MILLIS = "1000";
    private static final String TRIES = "2";

    /** Attributes of DNS are texts: no object is read from them, and the name, a checked host name, chooses no other provider. */
    @Override
    @SuppressWarnings("BanJNDI")
    public List<String> find(String name, String type) {
        try {
            InitialDirContext context = new InitialDirContext(environment());
            try {
                Attribute records = context.getAttributes("dns:/" + name + ".", new String[] {type})
                        .get(type);
                return records == null ? List.of() : texts(records.getAll());
            } finally {
                context.close();
            }
        } catch (NamingException none) {
            return List.of();
        }
    }

    @SuppressWarnings("BanJNDI")
    private static List<String> texts(NamingEnumeration<?> records) throws NamingException {
        List<String> texts = new ArrayList<>();
        try (AutoCloseableEnumeration all = new AutoCloseableEnumeration(records)) {
            while (all.records().hasMore() && texts.size() < MOST) {
                texts.add(String.valueOf(all.records().next()));
            }
        }
        return texts;
    }

    @SuppressWarnings("JdkObsolete") // JNDI takes no other table.
    private static Hashtable<String, String> environment() {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, "dns:");
        environment.put("com.sun.jndi.dns.timeout.initial", FIRST_WAIT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        return environment;
    }

    private record AutoCloseableEnumeration(NamingEnumeration<?> records) implements AutoCloseable {
        @Override
        public void close() throws NamingException {
            records.close();
        }
    }
}
