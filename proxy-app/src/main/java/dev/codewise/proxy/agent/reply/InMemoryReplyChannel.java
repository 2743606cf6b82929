package dev.codewise.proxy.agent.reply;

import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** The replies of a proxy that runs alone: the POST reaches the process in which the request waits. */
public final class InMemoryReplyChannel implements ReplyChannel {

    private final LongSupplier nanoTime;
    private final PastRequests past;
    private final Map<String, WaitingRequest> waiting = new ConcurrentHashMap<>();

    public InMemoryReplyChannel(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.past = new PastRequests(nanoTime);
    }

    @Override
    public Mono<Inbox> open(String requestId, Assignee assignee) {
        return Mono.fromSupplier(() -> enter(requestId, assignee));
    }

    private Inbox enter(String requestId, Assignee assignee) {
        var request = new WaitingRequest(assignee, new Mailbox(nanoTime), mine -> forget(requestId, mine));
        waiting.put(requestId, request);
        return request;
    }

    private void forget(String requestId, WaitingRequest request) {
        past.remember(requestId, request.assignee(), request.mailbox().close());
        waiting.remove(requestId, request);
    }

    @Override
    public Mono<Delivery> deliver(Sender sender, RunMessage message) {
        return Mono.defer(() -> Optional.ofNullable(waiting.get(message.requestId()))
                .map(request -> request.take(sender, message))
                .orElseGet(() -> Mono.just(past.judge(sender, message))));
    }

    @Override
    public Mono<Delivery> probe(Sender sender, String requestId) {
        return Mono.fromSupplier(() -> find(sender, requestId)
                .map(request -> request.mailbox().probe(Verdict.ACCEPTED))
                .orElseGet(() -> past.probe(sender, requestId)));
    }

    @Override
    public Mono<Void> lost(Sender sender, String requestId) {
        return Mono.fromRunnable(() -> find(sender, requestId).ifPresent(WaitingRequest::noteLoss));
    }

    private Optional<WaitingRequest> find(Sender sender, String requestId) {
        return Optional.ofNullable(waiting.get(requestId))
                .filter(request -> request.assignee().is(sender));
    }

    @Override
    public int open() {
        return waiting.size();
    }
}
