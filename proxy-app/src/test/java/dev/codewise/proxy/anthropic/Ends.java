package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.CompletionEnded;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** How requests ended, as the rest of the proxy hears of it, which may be a little later than their client. */
final class Ends implements ApplicationListener<PayloadApplicationEvent<CompletionEnded>> {

    private final List<CompletionEnded> ends = new CopyOnWriteArrayList<>();

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<CompletionEnded> event) {
        ends.add(event.getPayload());
    }

    boolean know(HttpResponse<?> response) {
        return find(end -> isOf(response, end)).isPresent();
    }

    CompletionEnded await(HttpResponse<?> response) {
        return awaitFirst(end -> isOf(response, end));
    }

    /** For clients that get no answer to tell their request by. */
    CompletionEnded awaitOneFor(String model) {
        return awaitFirst(end -> end.askedModel().equals(model));
    }

    private CompletionEnded awaitFirst(Predicate<CompletionEnded> wanted) {
        return Awaitility.await().until(() -> find(wanted), Optional::isPresent).orElseThrow();
    }

    private Optional<CompletionEnded> find(Predicate<CompletionEnded> wanted) {
        return ends.stream().filter(wanted).findFirst();
    }

    private static boolean isOf(HttpResponse<?> response, CompletionEnded end) {
        return response.headers()
                .firstValue("x-request-id")
                .filter(end.requestId()::equals)
                .isPresent();
    }
}
