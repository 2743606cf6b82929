package dev.codewise.proxy.openai;

import dev.codewise.proxy.web.HttpFailure;
import dev.codewise.proxy.web.RequestRefused;
import org.springframework.http.HttpStatus;

/** Says no to one field of a request. */
public final class Refusals {

    private Refusals() {}

    /**
     * The refusal, to be thrown.
     *
     * @param param the field as a client writes it, such as {@code messages[0].content}
     */
    public static RequestRefused invalid(String param, String sentence) {
        return new RequestRefused(of(param, sentence));
    }

    /** The field must be something else; the sentence goes on after its name. */
    static RequestRefused mustBe(String param, String what) {
        return invalid(param, "\"" + param + "\" must be " + what + ".");
    }

    /** What is sent is well-formed, but of a kind that nobody here can take. */
    static OpenAiRefusal unsupported(String param, String sentence) {
        return coded(param, "unsupported_content", sentence);
    }

    /** One with a code that clients act upon. */
    public static OpenAiRefusal coded(String param, String code, String sentence) {
        return new OpenAiRefusal(new OpenAiFailure(of(param, sentence), "invalid_request_error", code));
    }

    private static HttpFailure of(String param, String sentence) {
        return new HttpFailure(HttpStatus.BAD_REQUEST, sentence).withField(param);
    }
}
