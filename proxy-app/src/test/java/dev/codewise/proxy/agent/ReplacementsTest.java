package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplacementsTest {

    private final AtomicLong now = new AtomicLong();
    private final Replacements replacements = new Replacements(now::get);

    @Test
    void areAllowedOnceInAWhileForEachId() {
        assertThat(replacements.allow("laptop-1")).isTrue();
        assertThat(replacements.allow("laptop-1")).isFalse();
        assertThat(replacements.allow("laptop-2")).isTrue();

        now.addAndGet(Replacements.PAUSE.toNanos());

        assertThat(replacements.allow("laptop-1")).isTrue();
    }
}
