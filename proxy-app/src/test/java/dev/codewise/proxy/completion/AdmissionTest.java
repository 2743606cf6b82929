package dev.codewise.proxy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AdmissionTest {

    private static final Demand NOTHING = new Demand(0, null);

    private final Routing routing = new Routing();
    private final List<String> asked = new ArrayList<>();

    @Test
    void isAskedForTheModelAsItIsKnownHere() {
        routing.decides((origin, model, demand) -> asked.add(origin.requestId() + " " + model));
        routing.first().says("Hi");

        routing.verify("gpt-4o").thenConsumeWhile(event -> true).verifyComplete();
        StepVerifier.create(followed("gpt-4o")).verifyComplete();

        assertThat(asked).containsExactly("req_a sonnet", "req_b sonnet");
    }

    @Test
    void keepsWhatItRefusesFromEverybodyWhoAnswers() {
        routing.decides(AdmissionTest::refuse);

        routing.verify("sonnet").verifyErrorMessage("not now");
        StepVerifier.create(followed("sonnet")).verifyErrorMessage("not now");

        assertThat(routing.first().asked()).isZero();
        assertThat(routing.ended()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void isNotAskedForModelsThatNobodyKnows() {
        routing.decides(AdmissionTest::refuse);

        routing.verify("nonsense")
                .verifyErrorMatches(failure -> ((CompletionException) failure).reason() == Reason.UNKNOWN_MODEL);

        assertThat(routing.ended()).hasSize(1);
    }

    private Mono<Void> followed(String model) {
        return routing.journal()
                .follow(
                        Origins.origin("req_b"),
                        model,
                        () -> NOTHING,
                        entry -> Mono.fromRunnable(() -> entry.takenBy(new Answerer("anthropic", null))));
    }

    private static void refuse(Origin origin, String model, Supplier<Demand> demand) {
        throw new CompletionException(Reason.RATE_LIMITED, "not now");
    }
}
