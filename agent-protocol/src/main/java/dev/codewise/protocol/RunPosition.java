package dev.codewise.protocol;

/** How far a run has come as its agent sees it: the {@code seq} of the next message it will make. */
public record RunPosition(String requestId, long nextSeq) {

    public RunPosition {
        Required.field("requestId", requestId);
    }
}
