package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEnded;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** How each request ended, as the rest of the proxy hears of it. */
public final class Outcomes implements ApplicationListener<PayloadApplicationEvent<CompletionEnded>> {

    private final Map<String, CompletionEnded.Outcome> outcomes = new ConcurrentHashMap<>();

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<CompletionEnded> event) {
        outcomes.put(event.getPayload().requestId(), event.getPayload().outcome());
    }

    public CompletionEnded.@Nullable Outcome of(String requestId) {
        return outcomes.get(requestId);
    }
}
