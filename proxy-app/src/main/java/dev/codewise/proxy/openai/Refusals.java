package dev.codewise.proxy.openai;

import dev.codewise.proxy.web.HttpFailure;
import dev.codewise.proxy.web.RequestRefused;
import org.springframework.http.HttpStatus;

/** Says no to one field of a request. */
final class Refusals {

    private Refusals() {}

    /** @param param the field as a client writes it, such as {@code messages[0].content} */
    static RequestRefused invalid(String param, String sentence) {
        return new RequestRefused(new HttpFailure(HttpStatus.BAD_REQUEST, sentence).withField(param));
    }
}
