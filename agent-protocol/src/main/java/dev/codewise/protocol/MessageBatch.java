package dev.codewise.protocol;

import java.util.List;

/** Several messages of one run in one POST. */
public record MessageBatch(List<RunMessage> messages) {

    public MessageBatch {
        Required.field("messages", messages);
        messages = List.copyOf(messages);
    }
}
