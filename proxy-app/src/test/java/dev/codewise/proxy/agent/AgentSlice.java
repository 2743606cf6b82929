package dev.codewise.proxy.agent;

import dev.codewise.proxy.access.ClientAddress;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.test.annotation.DirtiesContext;

/** The agents' module on a real port, with nothing else of the proxy but what it is declared to use, and no one at the door. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = AgentSlice.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "logging.level.dev.codewise.proxy.agent=error",
            "spring.autoconfigure.exclude="
                    + "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration,"
                    + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                    + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration"
        })
@DirtiesContext
@interface AgentSlice {

    @EnableAutoConfiguration
    @ComponentScan({
        "dev.codewise.proxy.agent",
        "dev.codewise.proxy.status.server",
        "dev.codewise.proxy.web",
        "dev.codewise.proxy.completion"
    })
    class Application {

        /** Nobody is behind another proxy. */
        @Bean
        ClientAddress clientAddress() {
            return new ClientAddress(List.of());
        }
    }
}
