package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.openai.OpenAiError;
import tools.jackson.databind.node.ObjectNode;

/**
 * What SDKs raise as an error of a stream that has begun.
 *
 * <p>The documented fields lie beside the type, but the SDKs for Node, Python and Java look for an object named error: both are there.
 */
final class ErrorEvent {

    private ErrorEvent() {}

    static ObjectNode of(OpenAiError.Details error) {
        ObjectNode event = put(OutputItem.event("error"), error);
        put(event.putObject("error").put("type", error.type()), error);
        return event;
    }

    private static ObjectNode put(ObjectNode target, OpenAiError.Details error) {
        return target.put("code", error.code()).put("message", error.message()).put("param", error.param());
    }
}
