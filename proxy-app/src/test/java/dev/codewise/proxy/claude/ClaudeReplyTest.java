package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.Usage;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

/** What the events mean that no well-behaved API sends, or that it may send some day. */
class ClaudeReplyTest {

    private static final String STARTED =
            "{'type':'message_start','message':{'model':'claude-x','usage':{'input_tokens':3,'output_tokens':1}}}";
    private static final String STOPPING =
            "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':5}}";
    private static final String STOPPED = "{'type':'message_stop'}";

    @Test
    void takesTheCountsFromTheStartUnlessTheEndSaysMore() {
        StepVerifier.create(reply(STARTED, STOPPING, STOPPED))
                .expectNextCount(1)
                .assertNext(end -> assertThat(usageIn(end)).isEqualTo(new Usage(3, 5, 0, 0, 0)))
                .verifyComplete();
    }

    @Test
    void saysNothingOfTheUsageWhenTheApiDoesNot() {
        StepVerifier.create(reply(
                        "{'type':'message_start','message':{}}",
                        "{'type':'message_delta','delta':{'stop_reason':'end_turn'}}",
                        STOPPED))
                .expectNextCount(1)
                .assertNext(end -> assertThat(usageIn(end)).isNull())
                .verifyComplete();
    }

    @Test
    void saysAtWhichOfTheStopSequencesTheModelStopped() {
        StepVerifier.create(reply(
                        STARTED,
                        "{'type':'message_delta','delta':{'stop_reason':'stop_sequence','stop_sequence':'END'}}",
                        STOPPED))
                .expectNextCount(1)
                .assertNext(end -> assertThat(((Finished) end).stopSequence()).isEqualTo("END"))
                .verifyComplete();
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        StepVerifier.create(reply(
                        STARTED,
                        "{'type':'ping'}",
                        "{'type':'something_new','of':['the','future']}",
                        "{'type':'content_block_start','index':0,'content_block':{'type':'server_tool_use','id':'s','name':'n'}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'1'}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'x'}}",
                        "{'type':'content_block_stop','index':0}",
                        "{'type':'content_block_delta','index':1,'new':1,'delta':{'type':'text_delta','text':'Hi'}}",
                        STOPPING,
                        STOPPED))
                .expectNextCount(1)
                .expectNext(new Text("Hi"))
                .expectNextMatches(Finished.class::isInstance)
                .verifyComplete();
    }

    @Test
    void takesTheInputOfACallFromItsFrameWhereNoPiecesFollow() {
        StepVerifier.create(reply(
                        STARTED,
                        "{'type':'content_block_start','index':0,'content_block':"
                                + "{'type':'tool_use','id':'toolu_1','name':'look','input':{'at':'me'}}}",
                        "{'type':'content_block_stop','index':0}",
                        STOPPING,
                        STOPPED))
                .expectNextCount(1)
                .expectNext(new ToolCallPiece(0, "toolu_1", "look", ""))
                .expectNext(new ToolCallPiece(0, null, null, "{\"at\":\"me\"}"))
                .expectNextMatches(Finished.class::isInstance)
                .verifyComplete();
    }

    @Test
    void isNotWholeWithoutAReasonForTheEnd() {
        StepVerifier.create(reply(STARTED, STOPPED)).expectNextCount(1).verifyError(CompletionException.class);
    }

    @Test
    void isNotWholeWhenNothingCameAtAll() {
        StepVerifier.create(reply()).verifyError(CompletionException.class);
    }

    @Test
    void losesNothingByWhatComesBehindItsEnd() {
        StepVerifier.create(reply(STARTED, STOPPING, STOPPED, STOPPED, "{'type':'error','error':{'type':'api_error'}}"))
                .expectNextCount(2)
                .verifyComplete();
    }

    private static Flux<CompletionEvent> reply(String... events) {
        return new ClaudeReply("sonnet", Set.of()).of(Flux.fromArray(events).map(ClaudeReplyTest::event));
    }

    private static StreamEvent event(String json) {
        return JsonMapper.shared().readValue(json.replace('\'', '"'), StreamEvent.class);
    }

    private static @Nullable Usage usageIn(CompletionEvent end) {
        return ((Finished) end).usage();
    }
}
