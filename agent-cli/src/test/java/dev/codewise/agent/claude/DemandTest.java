package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemandTest {

    private final Demand demand = new Demand();

    @Test
    void hasNoPlacesForModelsThatNobodyAskedFor() {
        assertThat(demand.places(3)).isEmpty();
    }

    @Test
    void givesTheOnlyPlaceToTheModelAskedForMost() {
        note("opus", "sonnet", "opus");

        assertThat(demand.places(1)).containsExactly("opus");
        assertThat(demand.places(0)).isEmpty();
    }

    @Test
    void sharesThePlacesByTheShareOfRequests() {
        note("opus", "opus", "opus", "opus", "sonnet", "sonnet", "haiku");

        assertThat(demand.places(2)).containsExactly("opus", "opus");
        assertThat(demand.places(4)).containsExactlyInAnyOrder("opus", "opus", "opus", "sonnet");
        assertThat(demand.places(7))
                .containsExactlyInAnyOrder("opus", "opus", "opus", "opus", "sonnet", "sonnet", "haiku");
    }

    @Test
    void doesNotChangeItsMindWhenTwoModelsAreAskedForInTurn() {
        for (var round = 0; round < 15; round++) {
            note("sonnet");
            note("opus");
            assertThat(demand.places(1)).containsExactly("opus");
        }
    }

    @Test
    void forgetsWhatWasAskedForLongAgo() {
        note("opus");

        for (var i = 0; i < 20; i++) {
            note("sonnet");
        }

        assertThat(demand.places(20)).containsOnly("sonnet");
    }

    private void note(String... models) {
        for (var model : models) {
            demand.note(model);
        }
    }
}
