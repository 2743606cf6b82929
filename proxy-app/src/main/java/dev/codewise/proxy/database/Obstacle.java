package dev.codewise.proxy.database;

import io.r2dbc.spi.R2dbcException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** What keeps the database from being brought up to date. */
enum Obstacle {
    UNREACHABLE,
    REFUSED,
    MISSING,
    OTHER_TABLES,
    GAVE_UP,
    BROKEN;

    private static final Set<String> REFUSALS = Set.of("28P01", "28000");
    private static final String NO_SUCH_DATABASE = "3D000";

    /** Starting up, shutting down, or with every connection taken: a server that will answer later. */
    private static final Set<String> BUSY = Set.of("57P01", "57P02", "57P03", "53300");

    private static final String NO_CONNECTION = "08";

    private static final Set<String> UNKNOWN_TO_IT = Set.of("42P01", "42703", "42883");

    /** A statement or a lock took too long, or another transaction was in the way. */
    private static final Set<String> INTERRUPTED = Set.of("57014", "55P03");

    private static final String ROLLED_BACK = "40";

    static Obstacle of(FlywayException failure) {
        return of(state(failure));
    }

    /** Of somebody who uses the tables that others have brought up to date. */
    static Obstacle ofUse(Throwable failure) {
        String state = state(failure);
        if (state.isEmpty()) {
            return UNREACHABLE;
        }
        if (INTERRUPTED.contains(state) || state.startsWith(ROLLED_BACK)) {
            return GAVE_UP;
        }
        return UNKNOWN_TO_IT.contains(state) ? OTHER_TABLES : of(state);
    }

    private static Obstacle of(String state) {
        if (REFUSALS.contains(state)) {
            return REFUSED;
        }
        if (state.equals(NO_SUCH_DATABASE)) {
            return MISSING;
        }
        return state.startsWith(NO_CONNECTION) || BUSY.contains(state) ? UNREACHABLE : BROKEN;
    }

    /** Five characters that SQL defines, or nothing where SQL had no part in it. */
    private static String state(@Nullable Throwable failure) {
        if (failure == null) {
            return "";
        }
        if (failure instanceof SQLException known && known.getSQLState() != null) {
            return known.getSQLState();
        }
        if (failure instanceof R2dbcException known && known.getSqlState() != null) {
            return known.getSqlState();
        }
        return state(failure.getCause());
    }

    /** Whether it goes away without anybody changing a setting or the data. */
    boolean isPassing() {
        return this == UNREACHABLE;
    }

    /** The whole story for the operator, with the cure. */
    String sentence(String database, Throwable failure) {
        return switch (this) {
            case UNREACHABLE ->
                "The database (" + database + ") does not answer: " + reason(failure)
                        + ". Start it, or correct DATABASE_URL.";
            case REFUSED ->
                "The database (" + database + ") refuses that user or password."
                        + " Correct them in DATABASE_URL, percent-encoded where they are unusual.";
            case MISSING ->
                "The database (" + database + ") does not exist. Create it, or correct its name in DATABASE_URL.";
            case OTHER_TABLES ->
                "The tables of the database (" + database + ") are not those of this version. Use the jar of the proxy"
                        + " that runs on it, or bring them up to date with the word migrate.";
            case GAVE_UP ->
                "The database (" + database + ") gave up: " + reason(failure)
                        + ". Try it again; if it was a question, ask for a shorter time.";
            case BROKEN ->
                "The database (" + database + ") could not be brought up to date: " + reason(failure)
                        + ". Start the version of Codewise that it belongs to, or restore a backup.";
        };
    }

    /** What was said closest to the cause, in one line. */
    static String reason(Throwable failure) {
        var cause = failure.getCause();
        if (cause != null && cause.getMessage() != null) {
            return reason(cause);
        }
        if (failure instanceof UnknownHostException) {
            return "no host is known as " + failure.getMessage();
        }
        return String.valueOf(failure.getMessage())
                .strip()
                .replaceAll("\\s*\\R\\s*", " ")
                .replaceFirst("\\.$", "");
    }
}
