package dev.codewise.agent.upload;

import dev.codewise.protocol.ProxyEvent.Connected;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The way to the proxy as it is now: which level it speaks, and whether its stream is there. */
public final class Uplink {

    /** An answer is read only behind the whole POST: so it is learnt soon how far the proxy has come, for next to no cost. */
    private static final Duration LONGEST_POST = Duration.ofSeconds(1);

    private final Poster poster;
    private final Duration longestPost;
    private volatile boolean connected;

    /** How long runs go on while stream and posts both fail; nothing at level 0, where each POST decides for itself. */
    private volatile @Nullable Duration resumeWindow;

    public Uplink(Poster poster) {
        this(poster, LONGEST_POST);
    }

    Uplink(Poster poster, Duration longestPost) {
        this.poster = poster;
        this.longestPost = longestPost;
    }

    /** Only a proxy of level 1 says how long runs outlive their connection. */
    public void connected(Connected greeting) {
        var window = greeting.resumeWindowMs();
        resumeWindow = window == null ? null : Duration.ofMillis(Math.max(0, window));
        connected = true;
    }

    public void disconnected() {
        connected = false;
    }

    /** The silence is how long the proxy waits for the next message; who waits for the run is told when nobody wants it. */
    public Upload upload(String requestId, Duration silence, Runnable refused) {
        var outbox = new Outbox(requestId);
        var sending = speaksLevel1()
                ? new NumberedSending(new LineUpload(requestId, poster, longestPost), outbox, () -> patience(silence))
                : new PlainSending(poster, outbox, silence);
        return new Upload(outbox, sending, silence, refused);
    }

    boolean speaksLevel1() {
        return resumeWindow != null;
    }

    boolean isConnected() {
        return connected;
    }

    Poster poster() {
        return poster;
    }

    private Duration patience(Duration silence) {
        var window = resumeWindow;
        return connected || window == null || window.compareTo(silence) > 0 ? silence : window;
    }
}
