package dev.codewise.proxy.openai;

import java.time.Instant;

/** What every part of one answer has in common. */
record ChatHead(String id, long created, String model) {

    /** Named after the request, so that an answer leads to its line in the logs. */
    static ChatHead of(Question question, Instant now) {
        String id = question.format().idPrefix() + question.asked().id().replaceFirst("^req_", "");
        return new ChatHead(id, now.getEpochSecond(), question.asked().model());
    }

    /** Under the name of the model that ran. */
    ChatHead ranBy(String other) {
        return new ChatHead(id, created, other);
    }
}
