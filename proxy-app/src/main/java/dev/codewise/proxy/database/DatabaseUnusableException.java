package dev.codewise.proxy.database;

/** Why the proxy cannot work with the database it was given: a complete sentence for the operator, with the cure. */
public final class DatabaseUnusableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseUnusableException(String sentence) {
        super(sentence);
    }

    DatabaseUnusableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
