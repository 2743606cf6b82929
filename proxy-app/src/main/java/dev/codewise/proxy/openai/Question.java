package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionRequest;
import java.util.List;

/** A request of a client's, understood: what is asked, in which form the answer is wanted, and which fields change nothing. */
record Question(CompletionRequest asked, AnswerForm form, Delivery delivery, AnswerFormat format, Fields fields) {

    List<String> ignored() {
        return new OtherFields(fields).ignored();
    }
}
