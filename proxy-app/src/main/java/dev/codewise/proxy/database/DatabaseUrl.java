package dev.codewise.proxy.database;

import dev.codewise.proxy.home.Secret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a PostgreSQL database is, and as whom to enter it: {@code DATABASE_URL}, taken apart. */
record DatabaseUrl(String host, int port, String name, Login login, SslMode ssl) {

    /** As whom. */
    record Login(String user, Secret password) {}

    private static final Pattern SHAPE = Pattern.compile("postgres(?:ql)?://([^:@/?#]+)(?::([^/?#]*))?@"
            + "(\\[[0-9a-fA-F:.]+]|[^:@/?#\\[\\]]+)(?::(\\d{1,5}))?/([^/?#]+)(?:\\?([^#]*))?");
    private static final Pattern PASSWORD = Pattern.compile("^([a-zA-Z0-9+.:-]*//)?([^:@]*):.*?(@[^@]*)?$");
    private static final int DEFAULT_PORT = 5432;
    private static final int LAST_PORT = 65_535;

    /** Fails with a sentence that shows the value without its password. */
    static DatabaseUrl parse(String text) {
        try {
            return SHAPE.matcher(text.strip())
                    .results()
                    .filter(parts -> parts.group().equals(text.strip()))
                    .findFirst()
                    .map(DatabaseUrl::of)
                    .orElseThrow(() -> new IllegalArgumentException("is not the address of a PostgreSQL database"));
        } catch (IllegalArgumentException e) {
            throw new DatabaseUnusableException("DATABASE_URL is \"" + withoutPassword(text) + "\", which "
                    + e.getMessage() + ". It must look like postgresql://user:password@host:5432/name, with"
                    + " anything unusual in user or password percent-encoded.");
        }
    }

    private static DatabaseUrl of(MatchResult parts) {
        String password = Optional.ofNullable(parts.group(2)).orElse("");
        return new DatabaseUrl(
                parts.group(3).replaceAll("[\\[\\]]", ""),
                port(parts.group(4)),
                decoded(parts.group(5)),
                new Login(decoded(parts.group(1)), Secret.of(decoded(password))),
                SslMode.ofQuery(parts.group(6)));
    }

    private static int port(@Nullable String digits) {
        int port = digits == null ? DEFAULT_PORT : Integer.parseInt(digits);
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("has a port that does not exist");
        }
        return port;
    }

    /** A plus sign is one, unlike in the query of a form. */
    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a percent sign that encodes nothing (%25 is the sign itself)", e);
        }
    }

    /** Hides too much rather than too little where the address is not one: what has no scheme may be a password alone. */
    private static String withoutPassword(String text) {
        if (!text.contains("://")) {
            return "***";
        }
        return PASSWORD.matcher(text.strip().replaceAll("\\p{Cntrl}", "?"))
                .replaceFirst("$1$2:***$3")
                .replaceAll("(?i)(password=)[^&]*", "$1***");
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + address() + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8)
                + "?ApplicationName=codewise&connectTimeout=5&loginTimeout=5&tcpKeepAlive=true" + ssl.jdbcOptions();
    }

    /** For people: no password in it. */
    String description() {
        return "postgresql://" + address() + "/" + name + " as " + login.user();
    }

    private String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
