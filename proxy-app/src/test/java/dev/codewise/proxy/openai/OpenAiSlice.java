package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.ScriptedProvider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/** Everything under /v1 on a real port, with a router that asks a scripted provider, and without security. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = OpenAiSlice.Parts.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "codewise.openai.beat=300ms",
            // a database that is away, unless a slice says otherwise
            "spring.r2dbc.url=r2dbc:postgresql://nobody:none@127.0.0.1:1/none",
            "logging.level.dev.codewise.proxy.openai=error"
        })
public @interface OpenAiSlice {

    /** What the slice consists of. */
    @ImportAutoConfiguration({
        CodecsAutoConfiguration.class,
        ConfigurationPropertiesAutoConfiguration.class,
        ErrorWebFluxAutoConfiguration.class,
        HttpHandlerAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        NettyReactiveWebServerAutoConfiguration.class,
        PropertyPlaceholderAutoConfiguration.class,
        R2dbcAutoConfiguration.class,
        WebFluxAutoConfiguration.class
    })
    @ComponentScan(
            basePackages = {
                "dev.codewise.proxy.anthropic",
                "dev.codewise.proxy.completion",
                "dev.codewise.proxy.images",
                "dev.codewise.proxy.openai",
                "dev.codewise.proxy.status.server",
                "dev.codewise.proxy.web"
            },
            excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
    public class Parts {

        @Bean
        ScriptedProvider scriptedProvider() {
            return new ScriptedProvider();
        }

        @Bean
        Outcomes outcomes() {
            return new Outcomes();
        }
    }
}
