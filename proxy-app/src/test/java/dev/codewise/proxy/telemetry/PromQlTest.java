package dev.codewise.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.codewise.proxy.telemetry.PromQl.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {

    @Test
    void tellsWhatAnExpressionAsksFor() {
        var query = PromQl.of("sum by (a, b) (rate(one_total{x=\"1\",y=~\"z.*\"}[5m])) / on_total > 0.1 and two == 1");

        assertThat(query.selectors())
                .containsExactly(
                        new Selector("one_total", Set.of("x", "y")),
                        new Selector("on_total", Set.of()),
                        new Selector("two", Set.of()));
        assertThat(query.grouping()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sum(",
                "sum(a",
                "rate(a[5])",
                "rate(a[5m]))",
                "a{b}",
                "a{b=c}",
                "a{b=\"c\"",
                "a b",
                "a +",
                "unknown(a)",
                "a & b",
                "sum by a (b)"
            })
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PromQl.of(text));
    }
}
