package dev.codewise.proxy.claude;

/** Marks where the API may end what it keeps in its prompt cache; it takes four of them in a request. */
record CacheMark(String type) {

    /** Kept for five minutes after the last use. */
    static final CacheMark EPHEMERAL = new CacheMark("ephemeral");
}
