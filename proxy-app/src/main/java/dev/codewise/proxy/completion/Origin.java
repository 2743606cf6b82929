package dev.codewise.proxy.completion;

/** Where a request comes from: its name, through which door it came, and for whom. */
public record Origin(String requestId, Surface surface, Client client) {

    /** The same under another name. */
    Origin named(String other) {
        return new Origin(other, surface, client);
    }
}
