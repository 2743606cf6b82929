package dev.codewise.proxy.completion;

/** Makes origins for tests that do not care who asks. */
public final class Origins {

    private static final Client SOMEBODY = Client.named("somebody");

    private Origins() {}

    public static Origin origin(String requestId) {
        return new Origin(requestId, Surface.CHAT, SOMEBODY);
    }

    /** Of somebody whose name matters. */
    public static Origin originOf(String owner, String requestId) {
        return new Origin(requestId, Surface.CHAT, Client.named(owner));
    }
}
