package dev.codewise.proxy.admin;

import dev.codewise.proxy.home.CodewiseHome;
import dev.codewise.proxy.home.Secret;
import dev.codewise.proxy.web.RequestRefused;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Has the box for secrets, whose key is made only when the first secret needs it: a proxy without any needs no home for it. */
final class SecretKeeper {

    private static final String FILE = "secret-key";

    private final Mono<SecretBox> box;

    SecretKeeper(@Nullable Secret given, CodewiseHome home) {
        this.box = given == null
                ? Mono.fromCallable(() -> keptIn(home))
                        .subscribeOn(Schedulers.boundedElastic())
                        .cacheInvalidateIf(box -> false)
                : Mono.just(new SecretBox(given));
    }

    private static SecretBox keptIn(CodewiseHome home) {
        try {
            return new SecretBox(home.secret(FILE).secret());
        } catch (IOException | IllegalArgumentException e) {
            throw new RequestRefused(
                    HttpStatus.CONFLICT,
                    "The key for secrets in " + home.folder().resolve(FILE) + " cannot be made or read. Set"
                            + " CODEWISE_SECRET_KEY, or mend that file, and start the proxy again.");
        }
    }

    Mono<SecretBox> box() {
        return box;
    }
}
