package dev.codewise.proxy.status.server;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Puts the management server, whose factory is made without the customizers of the other one, under the same limits. Not
 * annotated, so that it is found in the list of management configurations only, and no server gets the limits twice.
 */
@EnableConfigurationProperties(ServerProperties.class)
class ManagementServerConfiguration {

    @Bean
    static WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementLimits(ServerProperties properties) {
        return factory -> factory.addServerCustomizers(new ConnectionLimits(properties));
    }
}
