package dev.codewise.proxy.database;

/** The operator's own server, which the proxy neither starts nor ends. */
record ConfiguredServer(DatabaseUrl url) implements DatabaseServer {

    @Override
    public String description() {
        return url.description();
    }

    @Override
    public void close() {}
}
