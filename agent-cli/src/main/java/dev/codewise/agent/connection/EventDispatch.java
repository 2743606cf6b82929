package dev.codewise.agent.connection;

import dev.codewise.protocol.ProxyEvent.Cancel;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Drain;
import dev.codewise.protocol.ProxyEvent.Notice;
import dev.codewise.protocol.ProxyEvent.Notice.Standing;
import dev.codewise.protocol.ProxyEvent.Replaced;
import dev.codewise.protocol.ProxyEvent.Resumed;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Turns events into calls; what it does not know it skips, as the protocol asks. */
final class EventDispatch {

    /** What becomes of the connection after an event. */
    enum Next {
        GO_ON,
        REPLACED,
        SENT_AWAY
    }

    private final ProxyListener listener;
    private final Consumer<Connected> greeted;
    private final Consumer<Drain> drained;
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    EventDispatch(ProxyListener listener, Consumer<Connected> greeted, Consumer<Drain> drained) {
        this.listener = listener;
        this.greeted = greeted;
        this.drained = drained;
    }

    Next dispatch(StreamEvent event) {
        var data = event.data();
        if (data == null) {
            return Next.GO_ON;
        }
        return switch (event.name()) {
            case Connected.NAME -> connected(data);
            case RunRequest.NAME -> requested(data);
            case Cancel.NAME -> goOn(read(data, Cancel.class), listener::cancelled);
            case Resumed.NAME -> goOn(read(data, Resumed.class), listener::resumed);
            case Drain.NAME -> goOn(read(data, Drain.class), drained);
            case Notice.NAME -> noticed(data);
            case Replaced.NAME -> Next.REPLACED;
            default -> Next.GO_ON;
        };
    }

    /** Pings need no answer and no reading: that bytes came is enough. Without a greeting its figures keep their defaults. */
    private Next connected(String data) {
        read(data, Connected.class).ifPresent(connected -> {
            greeted.accept(connected);
            listener.connected(connected);
        });
        return Next.GO_ON;
    }

    private static <T> Next goOn(Optional<T> event, Consumer<T> listener) {
        event.ifPresent(listener);
        return Next.GO_ON;
    }

    private Next requested(String data) {
        read(data, RunRequest.class).ifPresentOrElse(listener::requested, () -> refuse(data));
        return Next.GO_ON;
    }

    private Next noticed(String data) {
        var notice = read(data, Notice.class);
        notice.ifPresent(listener::noticed);
        return notice.filter(read -> read.standing() == Standing.DISCONNECTED).isPresent()
                ? Next.SENT_AWAY
                : Next.GO_ON;
    }

    /** Nothing where the data is not of that type, as {@code null} is of none. */
    private <T> Optional<T> read(String data, Class<T> type) {
        try {
            return Optional.ofNullable(json.readValue(data, type));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private void refuse(String data) {
        try {
            var requestId = json.readTree(data).path("requestId").asString("");
            if (!requestId.isEmpty()) {
                listener.unreadable(
                        requestId, "this agent cannot read the request: the proxy says what only later versions know");
            }
        } catch (JacksonException e) {
            // without an id there is nobody to answer
        }
    }
}
