package dev.codewise.proxy.admin;

import java.time.Duration;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The rows of what was posted under a word, and answered. */
final class RepeatTable {

    private static final Duration KEPT = Duration.ofHours(24);

    private static final String CLAIM = """
            insert into admin_repeat (caller, word, fingerprint) values (:caller, :word, :fingerprint)
            on conflict do nothing
            """;

    private static final String ANSWERED = """
            update admin_repeat set status = :status, content_type = :type, sealed = :sealed
            where caller = :caller and word = :word
            """;

    private final DatabaseClient client;

    RepeatTable(DatabaseClient client) {
        this.client = client;
    }

    /** Whether this is the first; only one of those at once is. */
    Mono<Boolean> claim(Posted posted) {
        return of(posted, CLAIM)
                .bind("fingerprint", posted.fingerprint())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    Mono<Void> answered(Posted posted, int status, String type, String sealed) {
        return of(posted, ANSWERED)
                .bind("status", status)
                .bind("type", type)
                .bind("sealed", sealed)
                .then();
    }

    /** The next one is the first again. */
    Mono<Void> release(Posted posted) {
        return of(posted, "delete from admin_repeat where caller = :caller and word = :word and status is null")
                .then();
    }

    Mono<PostedAnswer> find(Posted posted) {
        return of(posted, "select * from admin_repeat where caller = :caller and word = :word")
                .map(row -> new PostedAnswer(
                        Objects.requireNonNull(row.get("fingerprint", String.class)),
                        row.get("status", Integer.class),
                        row.get("content_type", String.class),
                        row.get("sealed", String.class)))
                .one();
    }

    Mono<Void> forgetOld() {
        return client.sql("delete from admin_repeat where created_at < now() - make_interval(secs => :kept)")
                .bind("kept", (double) KEPT.toSeconds())
                .then();
    }

    private DatabaseClient.GenericExecuteSpec of(Posted posted, String sql) {
        return client.sql(sql).bind("caller", posted.caller()).bind("word", posted.word());
    }
}
