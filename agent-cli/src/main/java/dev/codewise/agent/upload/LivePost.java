package dev.codewise.agent.upload;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** A POST under way, of which one line after the other is written. */
final class LivePost implements AutoCloseable {

    private final LiveBody body;
    private final CompletableFuture<HttpResponse<byte[]>> exchange;
    private final Answers answers;

    LivePost(LiveBody body, CompletableFuture<HttpResponse<byte[]>> exchange, Answers answers) {
        this.body = body;
        this.exchange = exchange;
        this.answers = answers;
        var unused = exchange.whenComplete((response, failure) -> body.cancel());
    }

    /** Waits while the network takes no more; false when it never will. */
    boolean write(byte[] line) throws InterruptedException {
        var taken = body.write(line);
        if (taken) {
            answers.said();
        }
        return taken;
    }

    /** Ends the body, and waits for what the proxy says. */
    Reply answer() throws InterruptedException {
        body.end();
        return answers.await(exchange);
    }

    @Override
    public void close() {
        exchange.cancel(true);
    }
}
