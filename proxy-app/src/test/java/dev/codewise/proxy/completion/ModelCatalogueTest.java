package dev.codewise.proxy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCatalogueTest {

    private static final Client SOMEBODY = Client.named("somebody");

    private final ModelCatalogue models = new ModelCatalogue(Map.of("gpt-4o", "sonnet", "fast", "claude-haiku-4-5"));

    @ParameterizedTest
    @ValueSource(strings = {"sonnet", "opus", "haiku", "claude-sonnet-4-5", "claude-3.5-haiku-20241022"})
    void knowsClaudesOwnNamesAsTheyAre(String name) {
        assertThat(models.find(name, SOMEBODY)).hasValue(name);
    }

    @Test
    void knowsWhatTheOperatorMeans() {
        assertThat(models.find("gpt-4o", SOMEBODY)).hasValue("sonnet");
        assertThat(models.find("fast", SOMEBODY)).hasValue("claude-haiku-4-5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "gpt-4",
                "Sonnet",
                "sonnet ",
                "claude",
                "claude-",
                "claude-Sonnet",
                "claude-a b",
                "claude-a\n",
                "claude-a/../b",
                "claude-a$(id)",
                "-claude-a",
                "--model=opus",
                "claude-é"
            })
    void knowsNothingElse(String name) {
        assertThat(models.find(name, SOMEBODY)).isEmpty();
    }

    @Test
    void knowsNoNameThatNeverEnds() {
        assertThat(models.find("claude-" + "a".repeat(100), SOMEBODY)).isPresent();
        assertThat(models.find("claude-" + "a".repeat(101), SOMEBODY)).isEmpty();
    }

    @Test
    void offersItsNamesInAStableOrder() {
        assertThat(models.offeredTo(SOMEBODY)).containsExactly("sonnet", "opus", "haiku", "fast", "gpt-4o");
    }

    @Test
    void offersANameOnceThatTheOperatorGaveAnotherMeaning() {
        var other = new ModelCatalogue(Map.of("opus", "sonnet"));

        assertThat(other.offeredTo(SOMEBODY)).containsExactly("sonnet", "opus", "haiku");
        assertThat(other.find("opus", SOMEBODY)).hasValue("sonnet");
    }

    @Test
    void knowsWhatIsOfferedRightNow() {
        var offered = new ArrayList<String>();
        var live = new ModelCatalogue(Map.of(), List.of(client -> offered));
        assertThat(live.find("sonnet[1m]", SOMEBODY)).isEmpty();

        offered.addAll(List.of("sonnet[1m]", "haiku", "-x", "a\nb"));

        assertThat(live.find("sonnet[1m]", SOMEBODY)).hasValue("sonnet[1m]");
        assertThat(live.find("-x", SOMEBODY)).isEmpty();
        assertThat(live.offeredTo(SOMEBODY)).containsExactly("sonnet", "opus", "haiku", "sonnet[1m]");
    }
}
