package dev.codewise.proxy.status.server;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

/** Puts the HTTP server under its limits. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServerProperties.class)
class ServerConfiguration {

    @Bean
    NettyServerCustomizer connectionLimits(ServerProperties properties) {
        return new ConnectionLimits(properties);
    }

    @Bean
    WebFilter bodyDeadline(ServerProperties properties) {
        return new BodyDeadline(properties.bodyPause(), properties.body());
    }
}
