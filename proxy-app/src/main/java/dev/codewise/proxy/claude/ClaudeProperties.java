package dev.codewise.proxy.claude;

import dev.codewise.proxy.home.Secret;
import dev.codewise.proxy.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.convert.DurationUnit;

/**
 * The account at the Claude API, where that is, how long it may take, how many answers it may give at once, and how long one of
 * them may wait for its client.
 */
@ConfigurationProperties("codewise.claude")
record ClaudeProperties(
        @Nullable Secret apiKey,
        @DefaultValue("https://api.anthropic.com") URI baseUrl,

        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("120s")
        Duration silenceTimeout,

        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("30m")
        Duration maxDuration,

        @DefaultValue("2000") int maxStreams,
        @DefaultValue("60s") Duration neglect) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    ClaudeProperties {
        require(
                apiKey == null || isVisible(apiKey),
                "ANTHROPIC_API_KEY has blanks or other characters that no key has; set it to the key alone");
        require(
                baseUrl.getRawUserInfo() == null,
                "ANTHROPIC_BASE_URL has a user or password in it; set it to the address alone");
        require(
                isPlainHttp(baseUrl),
                "ANTHROPIC_BASE_URL is " + baseUrl + "; set it to an http or https address without query or fragment,"
                        + " such as https://api.anthropic.com");
        requirePositive("REQUEST_TIMEOUT", silenceTimeout, "120s");
        requirePositive("REQUEST_MAX_DURATION", maxDuration, "30m");
        requirePositive("codewise.claude.neglect", neglect, "60s");
        require(maxStreams > 0, "codewise.claude.max-streams is " + maxStreams + "; set it to 1 or more, such as 2000");
    }

    /** With what the operator has chosen since. */
    ClaudeProperties under(Settings chosen, @Nullable Secret chosenKey) {
        return new ClaudeProperties(
                chosenKey == null ? apiKey : chosenKey,
                baseUrl,
                Settings.or(chosen.requestTimeout(), silenceTimeout),
                Settings.or(chosen.requestMaxDuration(), maxDuration),
                maxStreams,
                neglect);
    }

    boolean hasKey() {
        return apiKey != null && !apiKey.reveal().isBlank();
    }

    /** The key, where {@link #hasKey} has said that there is one. */
    Secret requiredApiKey() {
        if (apiKey == null) {
            throw new IllegalStateException("ANTHROPIC_API_KEY is not set");
        }
        return apiKey;
    }

    Silence silence() {
        return new Silence(silenceTimeout, neglect, System::nanoTime);
    }

    private static void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static boolean isVisible(Secret key) {
        return key.reveal().chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static boolean isPlainHttp(URI url) {
        return url.getScheme() != null
                && SCHEMES.contains(url.getScheme())
                && url.getHost() != null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    private static void requirePositive(String variable, Duration value, String example) {
        require(
                !value.isNegative() && !value.isZero(),
                variable + " is " + DurationStyle.SIMPLE.print(value, ChronoUnit.SECONDS)
                        + "; set it to a duration longer than nothing, such as " + example);
    }
}
