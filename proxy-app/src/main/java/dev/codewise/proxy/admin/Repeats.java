package dev.codewise.proxy.admin;

import dev.codewise.proxy.home.Secret;
import dev.codewise.proxy.pulse.Pulse;
import dev.codewise.proxy.web.RequestRefused;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Remembers for a day what was posted under a word, and what was answered: on every proxy of the database, and sealed. */
final class Repeats {

    /** What was answered the first time; it may hold a key. */
    record Answer(int status, String contentType, Secret body) {}

    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final RepeatTable table;
    private final SecretKeeper secrets;

    Repeats(RepeatTable table, SecretKeeper secrets) {
        this.table = table;
        this.secrets = secrets;
    }

    Pulse pulse() {
        return Pulse.every(PAUSE, "to forget old answers of the admin API", this::forgetOld);
    }

    Mono<Void> forgetOld() {
        return table.forgetOld();
    }

    /** Refuses where an answer could not be kept, before anything is done. */
    Mono<Boolean> isFirst(Posted posted) {
        return secrets.box().then(table.claim(posted));
    }

    Mono<Void> remember(Posted posted, Answer answer) {
        return secrets.box()
                .map(box -> box.seal(posted.name(), answer.body()))
                .flatMap(text -> table.answered(posted, answer.status(), answer.contentType(), text));
    }

    Mono<Void> forget(Posted posted) {
        return table.release(posted);
    }

    /** What a repeat is answered; fails where it asks something else, or where that is not known. */
    Mono<Answer> again(Posted posted) {
        return table.find(posted)
                .flatMap(first -> opened(posted, first))
                .switchIfEmpty(Mono.error(Repeats::unfinished));
    }

    private Mono<Answer> opened(Posted posted, PostedAnswer first) {
        if (!first.fingerprint().equals(posted.fingerprint())) {
            return Mono.error(Repeats::anotherRequest);
        }
        Integer status = first.status();
        String type = first.contentType();
        String sealed = first.sealed();
        if (status == null || type == null || sealed == null) {
            return Mono.error(Repeats::unfinished);
        }
        return secrets.box()
                .flatMap(box -> Mono.justOrEmpty(box.open(posted.name(), sealed)))
                .map(body -> new Answer(status, type, body));
    }

    private static RequestRefused anotherRequest() {
        return new RequestRefused(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "This Idempotency-Key was used for another request. Use a new one for this.");
    }

    private static RequestRefused unfinished() {
        return new RequestRefused(
                HttpStatus.CONFLICT,
                "The first request under this Idempotency-Key has not been answered yet, or its answer is lost. Try again in a"
                        + " moment; if it stays like that, look with GET whether it was done, and use a new key.");
    }
}
