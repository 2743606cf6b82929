package dev.codewise.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"ok":false,"error":{"code":"bad_header","message":"Too many slots."}} | it answered 403: Too many slots.
            {"type":"about:blank","status":403,"detail":"Only for localhost."}     | it answered 403: Only for localhost.
            {"detail":"  "}                                                        | it answered 403
            {"error":"bare"}                                                       | it answered 403
            <html>Forbidden</html>                                                 | it answered 403
            null                                                                   | it answered 403
            ''                                                                     | it answered 403
            """)
    void repeatsTheReasonThatTheProxyGives(String body, String reason) {
        assertThat(read(body)).isEqualTo(reason);
    }

    @Test
    void repeatsNoMoreThanAPersonReads() {
        assertThat(read("{\"detail\":\"" + "x".repeat(5_000) + "\"}")).hasSize("it answered 403: ".length() + 300);
    }

    @Test
    void readsNoBodyThatIsEndless() {
        assertThat(read("{\"detail\":\"" + "x".repeat(1_000_000) + "\"}")).isEqualTo("it answered 403");
    }

    private static String read(String body) {
        return Refusal.read(403, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
