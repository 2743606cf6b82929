package dev.codewise.proxy.openai;

import java.time.Instant;

/** What every part of one answer has in common. */
record ChatHead(String id, long created, String model) {

    /** Named after the request, so that an answer leads to its line in the logs. */
    static ChatHead of(String requestId, Instant now, String model) {
        return new ChatHead("chatcmpl-" + requestId.replaceFirst("^req_", ""), now.getEpochSecond(), model);
    }
}
