package dev.codewise.proxy.claude;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Wires the way for requests in the API's own words, for as long as there is a key; it adds no header of its own but that key. */
@Configuration(proxyBeanMethods = false)
class PassThroughConfiguration {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    @Bean
    ClaudePassThrough claudePassThrough(ClaudeAccount account, ConnectionProvider claudeConnections) {
        return new ClaudePassThrough(webClient(claudeConnections), account);
    }

    /** Neither repeats a request, which may have cost money, nor follows a redirection with the key in its hand. */
    private static WebClient webClient(ConnectionProvider connections) {
        HttpClient client = HttpClient.create(connections)
                .disableRetry(true)
                .followRedirect(false)
                .doOnResponse((answer, connection) -> connection.removeHandler(NettyPipeline.ResponseTimeoutHandler))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) LONGEST_CONNECT.toMillis());
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(client))
                .build();
    }
}
