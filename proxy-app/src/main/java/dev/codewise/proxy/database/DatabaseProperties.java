package dev.codewise.proxy.database;

import dev.codewise.proxy.home.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Which PostgreSQL to use; the whole address is a secret, for it carries a password. */
@ConfigurationProperties("codewise.database")
record DatabaseProperties(@Nullable Secret url) {

    /** The server of the operator's own, or empty for the embedded one. */
    Optional<DatabaseUrl> configured() {
        return Optional.ofNullable(url)
                .map(Secret::reveal)
                .filter(text -> !text.isBlank())
                .map(DatabaseUrl::parse);
    }
}
