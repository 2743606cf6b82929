package dev.codewise.proxy.database;

import io.r2dbc.postgresql.client.SSLMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How much a connection to the database insists on encryption: the {@code sslmode} that every PostgreSQL program knows. */
enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    private static final String KEY = "sslmode=";

    /** The only thing that may follow the question mark; without it, what PostgreSQL's own programs do. */
    static SslMode ofQuery(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return PREFER;
        }
        return Arrays.stream(values())
                .filter(mode -> query.equals(KEY + mode.wireName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("asks for \"" + query.replaceAll("=.*", "")
                        + "\" after its question mark in a way that is not known: only sslmode may stand there, one of "
                        + names()));
    }

    private static String names() {
        return Arrays.stream(values()).map(SslMode::wireName).collect(Collectors.joining(", "));
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    SSLMode forR2dbc() {
        return SSLMode.fromValue(wireName());
    }

    /** Certificates are judged by Java's own trust store, as the other driver does, and not by a file in a home directory. */
    String jdbcOptions() {
        String trust =
                this == VERIFY_CA || this == VERIFY_FULL ? "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" : "";
        return "&sslmode=" + wireName() + trust;
    }
}
