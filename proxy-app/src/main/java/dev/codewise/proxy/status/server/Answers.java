package dev.codewise.proxy.status.server;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** What the server writes, as the connection sees it. */
final class Answers {

    private Answers() {}

    /** Not so "100 Continue", which asks for the body, and the answer is still to come. */
    static boolean endsWith(Object message) {
        return message instanceof LastHttpContent && !isInterim(message);
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
