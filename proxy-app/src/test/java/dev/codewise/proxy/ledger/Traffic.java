package dev.codewise.proxy.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Clients that ask one question after the other until they are stopped, and remember what came of each. */
final class Traffic implements AutoCloseable {

    private static final String QUESTION =
            "{\"model\":\"sonnet\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final List<Thread> clients;
    private final HttpRequest request;
    /** As clients that think for a moment: what waits while the database is away must not overflow on a fast machine. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private volatile boolean asking = true;

    /** Whole, or refused with a status; what broke off or was never heard is none. */
    record Answer(String requestId, int status, long atNanos) {}

    private Traffic(URI proxy, String key, int clients) {
        this.request = HttpRequest.newBuilder(proxy.resolve("/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(QUESTION))
                .build();
        this.clients = Stream.generate(() -> new Thread(this::ask, "client"))
                .limit(clients)
                .toList();
    }

    static Traffic at(URI proxy, String key, int clients) {
        var traffic = new Traffic(proxy, key, clients);
        traffic.clients.forEach(Thread::start);
        return traffic;
    }

    private void ask() {
        while (asking) {
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                String id = answer.headers().firstValue("x-request-id").orElse("");
                answers.add(new Answer(id, answer.statusCode(), System.nanoTime()));
            } catch (IOException refused) {
                // the proxy is gone, or going
            } catch (InterruptedException stopped) {
                asking = false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** In the order in which they came. */
    List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** Returns when the last client has its last answer. */
    void stop() throws InterruptedException {
        asking = false;
        for (Thread client : clients) {
            client.join();
        }
    }

    @Override
    public void close() {
        asking = false;
        clients.forEach(Thread::interrupt);
    }
}
