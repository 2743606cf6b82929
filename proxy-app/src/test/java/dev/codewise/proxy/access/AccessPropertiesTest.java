package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.codewise.proxy.home.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.util.StringUtils;

class AccessPropertiesTest {

    private static final String LONG_ENOUGH = "0123456789abcdef";

    private final Map<String, String> settings = new HashMap<>();

    @Test
    void asksForNothingAndListensToThisMachineByDefault() {
        AccessProperties properties = bind();

        assertThat(properties)
                .isEqualTo(new AccessProperties(null, null, "127.0.0.1", "127.0.0.1", List.of(), List.of()));
    }

    @Test
    void takesEverySetting() {
        set("agent-secret", LONG_ENOUGH);
        set("api-key", LONG_ENOUGH + "!");
        set("bind-address", "0.0.0.0");
        set("published-address", "192.0.2.1");
        set("cors-allowed-origins", "https://Chat.example.org, http://[::1]:3000,*");
        set("trusted-proxies", "10.0.0.7,fd00::/8");

        AccessProperties properties = bind();

        assertThat(properties.agentSecret()).extracting(Secret::reveal).isEqualTo(LONG_ENOUGH);
        assertThat(properties.apiKey()).extracting(Secret::reveal).isEqualTo(LONG_ENOUGH + "!");
        assertThat(properties.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(properties.publishedAddress()).isEqualTo("192.0.2.1");
        assertThat(properties.corsAllowedOrigins())
                .containsExactly("https://chat.example.org", "http://[::1]:3000", "*");
        assertThat(properties.trustedProxies()).containsExactly("10.0.0.7", "fd00::/8");
        assertThat(properties.toString()).doesNotContain(LONG_ENOUGH);
    }

    @Test
    void takesAnEmptySettingForNone() {
        for (String name :
                new String[] {"agent-secret", "api-key", "published-address", "cors-allowed-origins", "trusted-proxies"
                }) {
            set(name, "");
        }

        assertThat(bind()).isEqualTo(new AccessProperties(null, null, "127.0.0.1", "127.0.0.1", List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcde", "    ", "0123456789 abcdef", "0123456789abcdef\n", "0123456789abcdéf"})
    void refusesASecretThatIsEasyToGuessOrCannotTravelInAHeader(String secret) {
        set("agent-secret", secret);
        assertThatRefused(this::bind).withMessageContainingAll("AGENT_SECRET must", "openssl rand -hex 32");

        settings.clear();
        set("api-key", secret);
        assertThatRefused(this::bind)
                .withMessageContainingAll("CODEWISE_API_KEY must", "openssl rand -hex 32")
                .withMessageNotContaining(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "2001:db8::1"})
    void refusesToStandOpenToOtherMachines(String address) {
        set("bind-address", address);
        assertThatRefused(this::bind)
                .withMessageContainingAll(address, "CODEWISE_API_KEY", "BIND_ADDRESS=127.0.0.1", "PUBLISHED_ADDRESS");

        set("api-key", LONG_ENOUGH);
        assertThatCode(this::bind).doesNotThrowAnyException();
    }

    @Test
    void believesThatAPortIsPublishedOnAnotherAddressThanTheOneItListensOn() {
        set("bind-address", "0.0.0.0");
        set("published-address", "127.0.0.1");
        assertThatCode(this::bind).doesNotThrowAnyException();

        set("bind-address", "127.0.0.1");
        set("published-address", "0.0.0.0");
        assertThatRefused(this::bind).withMessageContaining("0.0.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.3.2.1", "::1", "[::1]", "localhost"})
    void standsOpenToThisMachine(String address) {
        set("bind-address", address);

        assertThatCode(this::bind).doesNotThrowAnyException();
    }

    @Test
    void refusesAnAddressThatIsNone() {
        set("bind-address", "no such address");

        assertThatRefused(this::bind).withMessageContainingAll("\"no such address\"", "BIND_ADDRESS", "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example.org",
                "https://",
                "https://chat.example.org/",
                "https://chat.example.org/page",
                "null",
                "https://user@chat.example.org",
                "https://*.example.org",
                "https://chat.example.org:port"
            })
    void refusesAnOriginThatIsNone(String origin) {
        set("cors-allowed-origins", "https://one.example.org," + origin);

        assertThatRefused(this::bind)
                .withMessageContainingAll("CORS_ALLOWED_ORIGINS has \"" + origin + "\"", "https://");
    }

    @Test
    void refusesEveryOriginWhereNoKeyIsAskedFor() {
        set("cors-allowed-origins", "*");
        assertThatRefused(this::bind).withMessageContainingAll("CORS_ALLOWED_ORIGINS=*", "CODEWISE_API_KEY");

        set("api-key", LONG_ENOUGH);
        assertThatCode(this::bind).doesNotThrowAnyException();
    }

    @Test
    void refusesAProxyThatIsNone() {
        set("trusted-proxies", "nginx");

        assertThatRefused(this::bind).withMessageContaining("TRUSTED_PROXIES has \"nginx\"");
    }

    private void set(String name, String value) {
        settings.put("codewise.access." + name, value);
    }

    private AccessProperties bind() {
        var conversion = new DefaultConversionService();
        conversion.addConverter(String.class, Secret.class, Secret::of);
        conversion.addConverter(
                String.class, List.class, text -> List.of(StringUtils.commaDelimitedListToStringArray(text)));
        var binder = new Binder(List.of(new MapConfigurationPropertySource(settings)), null, conversion);
        return binder.bindOrCreate("codewise.access", AccessProperties.class);
    }

    private static ThrowableAssertAlternative<IllegalArgumentException> assertThatRefused(ThrowingCallable start) {
        return assertThatIllegalArgumentException().isThrownBy(() -> rethrowCause(start));
    }

    /** The binder wraps what the record throws. */
    private static void rethrowCause(ThrowingCallable start) throws Throwable {
        try {
            start.call();
        } catch (BindException e) {
            throw Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                    .filter(IllegalArgumentException.class::isInstance)
                    .findFirst()
                    .orElse(e);
        }
    }
}
