package dev.codewise.proxy.telemetry;

import dev.codewise.proxy.home.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Who collects traces and meters, and how this proxy presents itself to them.
 *
 * @param headers goes with everything that is sent, as in {@code authorization=Bearer%20…,x-team=7}
 * @param sampled the share of traces that is kept, of those that nobody before us has decided on
 */
@ConfigurationProperties("codewise.telemetry")
record TelemetryProperties(
        @Nullable URI endpoint,
        @Nullable Secret headers,
        @DefaultValue("codewise-proxy") String serviceName,
        @DefaultValue("1") double sampled,
        @DefaultValue("60s") Duration metersEvery) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    TelemetryProperties {
        require(
                endpoint == null || isAddress(endpoint),
                "OTEL_EXPORTER_OTLP_ENDPOINT is no http or https address without user, query and fragment; set it to one"
                        + " such as http://127.0.0.1:4318");
        require(
                headers == null
                        || StringUtils.delimitedListToStringArray(headers.reveal(), ",").length
                                == pairs(headers).size(),
                "OTEL_EXPORTER_OTLP_HEADERS is no list of names and values; set it to one such as"
                        + " authorization=Bearer%20…,x-team=7");
        require(
                sampled >= 0 && sampled <= 1,
                "OTEL_TRACES_SAMPLER_ARG is " + sampled + "; set it to a share from 0 to 1, such as 0.1");
        require(
                !metersEvery.isNegative() && !metersEvery.isZero(),
                "codewise.telemetry.meters-every must be longer than nothing, such as 60s");
    }

    /** Where one kind of signal goes, where the condition on the exporters' beans has made sure that it goes anywhere. */
    String addressOf(String signal) {
        return StringUtils.trimTrailingCharacter(String.valueOf(endpoint), '/') + "/v1/" + signal;
    }

    Map<String, String> sentHeaders() {
        return headers == null ? Map.of() : pairs(headers);
    }

    private static Map<String, String> pairs(Secret headers) {
        var pairs = new TreeMap<String, String>();
        for (String pair : StringUtils.delimitedListToStringArray(headers.reveal(), ",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals).strip(),
                        decoded(pair.substring(equals + 1).strip()));
            }
        }
        return pairs;
    }

    /** Percent-encoded, and not as forms are, where a plus is a blank. What is wrong is secret, and not told. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "OTEL_EXPORTER_OTLP_HEADERS has a % that begins no character; write %25 where it is meant itself");
        }
    }

    private static void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static boolean isAddress(URI url) {
        return url.getScheme() != null
                && SCHEMES.contains(url.getScheme())
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }
}
