package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.claude.ClaudePassThrough.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;

class ClaudePassThroughTest {

    @ParameterizedTest
    @CsvSource({
        "text/event-stream, true",
        "Text/Event-Stream; charset=utf-8, true",
        "application/json, false",
        "nonsense; ;, false",
        ", false"
    })
    void knowsAStreamByItsTypeEvenWhereThatIsNone(String type, boolean isStream) {
        var headers = new HttpHeaders();
        if (type != null) {
            headers.add(HttpHeaders.CONTENT_TYPE, type);
        }

        assertThat(new Answer(HttpStatus.OK, headers, Flux.empty()).isStream()).isEqualTo(isStream);
    }
}
