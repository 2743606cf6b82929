package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.openai.OpenAiRefusal;
import dev.codewise.proxy.openai.Refusals;
import dev.codewise.proxy.web.RequestRefused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/**
 * The responses that are kept, in a database that may be away.
 *
 * <p>Who asks for one is refused then; who only wants one kept gets the answer all the same, and is told that it is not.
 */
final class ResponseArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseArchive.class);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(3);
    private static final int LONGEST_CONVERSATION = 1000;
    private static final long LARGEST_CONVERSATION = 8L * 1024 * 1024;

    private final ResponseTable table;
    private final AtomicBoolean failing = new AtomicBoolean();

    ResponseArchive(ResponseTable table) {
        this.table = table;
    }

    /** Whether it is kept now; never an error. */
    Mono<Boolean> keep(StoredResponse response) {
        if (response.isTooLong()) {
            return Mono.just(false);
        }
        return table.insert(response)
                .timeout(LONGEST_STATEMENT)
                .then(Mono.fromCallable(this::kept))
                .onErrorResume(failure -> Mono.fromCallable(() -> notKept(failure)));
    }

    private boolean kept() {
        if (failing.compareAndSet(true, false)) {
            LOG.info("Responses are kept again");
        }
        return true;
    }

    /** Of a statement that failed only its kind is told: the driver's words may hold what it was to write. */
    private boolean notKept(Throwable failure) {
        if (failing.compareAndSet(false, true)) {
            LOG.warn("Responses cannot be kept: {}", failure.getClass().getSimpleName());
        }
        return false;
    }

    Mono<StoredResponse> get(OwnedId id) {
        return answered(id, table::find).switchIfEmpty(Mono.error(() -> unknown(id)));
    }

    /** What was said in the response with this id and in all before it, the first one first. */
    Mono<List<Exchange>> conversation(OwnedId id) {
        return answered(id, this::upTo)
                .filter(ResponseArchive::hasItsBeginning)
                .switchIfEmpty(Mono.error(ResponseArchive::beginningIsMissing));
    }

    private Mono<List<Exchange>> upTo(OwnedId id) {
        return table.conversation(id, LONGEST_CONVERSATION, LARGEST_CONVERSATION)
                .collectList();
    }

    private static boolean hasItsBeginning(List<Exchange> conversation) {
        return !conversation.isEmpty() && conversation.get(0).previousId() == null;
    }

    Mono<Void> delete(OwnedId id) {
        return answered(id, table::delete)
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.error(() -> unknown(id)))
                .then();
    }

    /** An id that is none of ours is not asked for: the database would refuse some. */
    private static <T> Mono<T> answered(OwnedId id, Function<OwnedId, Mono<T>> question) {
        if (!ResponseId.isOne(id.id())) {
            return Mono.empty();
        }
        return question.apply(id).timeout(LONGEST_STATEMENT).onErrorMap(ResponseArchive::isAway, failure -> away());
    }

    /** Whatever else a statement fails with is a defect, and nobody is helped by trying again later. */
    private static boolean isAway(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof QueryTimeoutException
                || failure instanceof TransientDataAccessResourceException
                || failure instanceof DataAccessResourceFailureException;
    }

    private static RequestRefused away() {
        return new RequestRefused(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "Kept responses cannot be read while the database is away. Try again later, or send the"
                                + " conversation as \"input\".")
                .retryAfter(Duration.ofSeconds(5));
    }

    private static RequestRefused unknown(OwnedId id) {
        return new RequestRefused(HttpStatus.NOT_FOUND, "No response with the id \"" + id.id() + "\" is kept here.");
    }

    private static OpenAiRefusal beginningIsMissing() {
        return Refusals.coded(
                "previous_response_id",
                "previous_response_not_found",
                "The response named by \"previous_response_id\", or one before it, is not kept here, or together they"
                        + " are longer than the " + LARGEST_CONVERSATION + " bytes and " + LONGEST_CONVERSATION
                        + " responses that are read. Send the conversation as \"input\".");
    }
}
