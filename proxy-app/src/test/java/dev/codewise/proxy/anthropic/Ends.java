package dev.codewise.proxy.anthropic;

import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.completion.CompletionEnded;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** How requests ended, as the rest of the proxy hears of it. */
final class Ends implements ApplicationListener<PayloadApplicationEvent<CompletionEnded>> {

    private final List<CompletionEnded> ends = new CopyOnWriteArrayList<>();

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<CompletionEnded> event) {
        ends.add(event.getPayload());
    }

    void forget() {
        ends.clear();
    }

    int count() {
        return ends.size();
    }

    CompletionEnded awaitOne() {
        await().until(() -> !ends.isEmpty());
        return ends.get(0);
    }
}
