package dev.codewise.proxy.access;

import dev.codewise.proxy.home.Secret;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Who may come in, from where, and with which secret. */
@ConfigurationProperties("codewise.access")
record AccessProperties(
        @Nullable Secret agentSecret,
        @Nullable Secret apiKey,
        @DefaultValue("127.0.0.1") String bindAddress,
        @DefaultValue("") String publishedAddress,
        @DefaultValue List<String> corsAllowedOrigins,
        @DefaultValue List<String> trustedProxies) {

    /** Any web page. */
    static final String EVERYBODY = "*";

    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(?:\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::\\d{1,5})?");

    AccessProperties {
        agentSecret = usable("AGENT_SECRET", agentSecret);
        apiKey = usable("CODEWISE_API_KEY", apiKey);
        publishedAddress = publishedAddress.isBlank() ? bindAddress : publishedAddress;
        corsAllowedOrigins =
                corsAllowedOrigins.stream().map(AccessProperties::origin).toList();
        trustedProxies = List.copyOf(trustedProxies);
        new ClientAddress(trustedProxies);
        if (apiKey == null) {
            FrontDoor.requireLocal(publishedAddress);
            requireNamed(corsAllowedOrigins);
        }
    }

    private static void requireNamed(List<String> origins) {
        if (origins.contains(EVERYBODY)) {
            throw new IllegalArgumentException(
                    "CORS_ALLOWED_ORIGINS=* without a CODEWISE_API_KEY means that every web page"
                            + " that somebody here looks at could use Claude. Name the origins, or set CODEWISE_API_KEY.");
        }
    }

    private static @Nullable Secret usable(String variable, @Nullable Secret secret) {
        return secret == null || secret.length() == 0 ? null : SecretRule.check(variable, secret);
    }

    private static String origin(String text) {
        String origin = text.strip().toLowerCase(Locale.ROOT);
        if (!origin.equals(EVERYBODY) && !ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException("CORS_ALLOWED_ORIGINS has \"" + text.strip()
                    + "\", which is not scheme://host[:port], such as https://chat.example.org.");
        }
        return origin;
    }
}
