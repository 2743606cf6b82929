package dev.codewise.proxy.claude;

import dev.codewise.proxy.home.Secret;
import dev.codewise.proxy.settings.LiveSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Wires the direct provider, which answers where there is a key for it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClaudeProperties.class)
class ClaudeConfiguration {

    private static final int MOST_BYTES_OF_AN_EVENT = 4 * 1024 * 1024;
    private static final int MOST_WAITING = 200;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    /** Comes after the agents: they are asked first. */
    @Bean
    @Order(200)
    ClaudeApiProvider claudeApiProvider(ClaudeAccount account, ConnectionProvider claudeConnections, Breaker breaker) {
        return new ClaudeApiProvider(account.making(now -> client(now, claudeConnections)), breaker);
    }

    private static ClaudeClient client(ClaudeProperties account, ConnectionProvider connections) {
        WebClient http = webClient(account.baseUrl(), account.requiredApiKey(), connections);
        return new ClaudeClient(http, account.silence(), account.maxDuration());
    }

    @Bean
    ClaudeAccount claudeAccount(ClaudeProperties properties, ObjectProvider<LiveSettings> settings) {
        return new ClaudeAccount(properties, settings.getIfAvailable(LiveSettings::none));
    }

    @Bean
    Breaker claudeBreaker() {
        return new Breaker(System::nanoTime);
    }

    @Bean
    MeterBinder claudeMeters(Breaker breaker) {
        return registry -> Gauge.builder("codewise.claude.left.alone", breaker, each -> each.leavesAlone() ? 1 : 0)
                .description("1 while the Claude API is left alone, because it failed several times in a row, else 0")
                .register(registry);
    }

    @Bean(destroyMethod = "dispose")
    ConnectionProvider claudeConnections(ClaudeProperties properties) {
        return connections(properties.maxStreams());
    }

    /** Each stream has a connection to itself; who finds none free waits a little, in a line that is not long either. */
    static ConnectionProvider connections(int most) {
        return ConnectionProvider.builder("claude-api")
                .maxConnections(most)
                .pendingAcquireMaxCount(MOST_WAITING)
                .pendingAcquireTimeout(LONGEST_WAIT)
                .maxIdleTime(LONGEST_IDLE)
                .build();
    }

    static WebClient webClient(URI baseUrl, Secret key, ConnectionProvider connections) {
        return WebClient.builder()
                .baseUrl(StringUtils.trimTrailingCharacter(baseUrl.toString(), '/'))
                .clientConnector(new ReactorClientHttpConnector(httpClient(connections)))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1))
                .filter(EventLimit.of(MOST_BYTES_OF_AN_EVENT))
                .defaultHeader("x-api-key", key.reveal())
                .defaultHeader("anthropic-version", "2023-06-01")
                .defaultHeader(HttpHeaders.ACCEPT, MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.APPLICATION_JSON_VALUE)
                .defaultHeader(HttpHeaders.USER_AGENT, "codewise-proxy")
                .build();
    }

    /** Never sends a request twice by itself: what is worth a second try, and how soon, {@link SecondTry} knows. */
    private static HttpClient httpClient(ConnectionProvider connections) {
        return HttpClient.create(connections).disableRetry(true).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                LONGEST_CONNECT.toMillis());
    }
}
