package dev.codewise.proxy.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** Gives each application context of a test class an empty PostgreSQL database of its own, as {@code DATABASE_URL} would. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ContextConfiguration(initializers = TestPostgres.Initializer.class)
public @interface TestPostgres {

    /** Sets the address before any bean asks for it. */
    final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var database = TestDatabase.fresh();
            TestPropertyValues.of(
                            "codewise.database.url=" + database.url(),
                            // for the slices, in which nothing of the proxy's own configuration is found
                            "spring.r2dbc.url=r2dbc:" + database.url(),
                            "spring.flyway.url=" + database.jdbcUrl(),
                            "spring.flyway.user=" + database.user(),
                            "spring.flyway.password=" + database.password())
                    .applyTo(context);
        }
    }
}
