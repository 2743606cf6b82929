package dev.codewise.proxy.database;

/** A PostgreSQL server that may be used until it is closed. */
interface DatabaseServer extends AutoCloseable {

    DatabaseUrl url();

    /** For people: which one it is, without a secret. */
    String description();

    @Override
    void close();
}
