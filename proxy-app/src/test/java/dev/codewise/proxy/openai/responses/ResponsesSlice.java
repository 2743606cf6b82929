package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.database.TestPostgres;
import dev.codewise.proxy.openai.OpenAiSlice;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Everything under /v1 on a real port, with a router that asks a scripted provider, and with a real database. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestPostgres
@ImportAutoConfiguration(FlywayAutoConfiguration.class)
@SpringBootTest(
        classes = OpenAiSlice.Parts.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "codewise.openai.beat=300ms",
            "logging.level.dev.codewise.proxy.openai=error"
        })
@interface ResponsesSlice {}
