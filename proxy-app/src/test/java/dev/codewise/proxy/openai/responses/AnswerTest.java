package dev.codewise.proxy.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AnswerTest {

    private static final CompletionEvent STOP = new Finished(FinishReason.STOP, null, null, null);

    private final ObjectNode head =
            JsonMapper.shared().createObjectNode().put("id", "resp_1").put("status", "in_progress");
    private final Answer answer = new Answer(head);

    @Test
    void tellsOfWordsInTheOrderThatClientsInsistOn() {
        var events = told(new Text("Hel"), new Text("lo"), STOP);

        assertThat(events)
                .extracting(AnswerTest::typeOf)
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done");
        assertThat(events.get(2)).hasToString("""
                {"type":"response.output_item.added","output_index":0,"item":{"id":"msg_1_0","type":"message",\
                "status":"in_progress","role":"assistant","content":[]}}""");
        assertThat(events.get(5)).hasToString("""
                {"type":"response.output_text.delta","item_id":"msg_1_0","output_index":0,"content_index":0,\
                "delta":"lo","logprobs":[]}""");
        assertThat(events.get(8)).hasToString("""
                {"type":"response.output_item.done","output_index":0,"item":{"id":"msg_1_0","type":"message",\
                "status":"completed","role":"assistant","content":[{"type":"output_text","annotations":[],\
                "logprobs":[],"text":"Hello"}]}}""");
    }

    @Test
    void tellsOfCallsOneAfterTheOther() {
        var events = told(
                new Text("Let me see."),
                new ToolCallPiece(0, "toolu_a", "look", ""),
                new ToolCallPiece(0, null, null, "{\"at\":"),
                new ToolCallPiece(0, null, null, "1}"),
                new ToolCallPiece(1, "toolu_b", "wait", "{}"),
                new Finished(FinishReason.TOOL_CALLS, null, null, null));

        assertThat(events.subList(5, events.size()))
                .extracting(AnswerTest::typeOf)
                .containsExactly(
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done");
        assertThat(events.get(8)).hasToString("""
                {"type":"response.output_item.added","output_index":1,"item":{"id":"fc_1_1","type":"function_call",\
                "status":"in_progress","call_id":"toolu_a","name":"look","arguments":""}}""");
        assertThat(events.get(11)).hasToString("""
                {"type":"response.function_call_arguments.done","item_id":"fc_1_1","output_index":1,"name":"look",\
                "arguments":"{\\"at\\":1}"}""");
        assertThat(answer.as(answer.ending()).at("/output/2/call_id").asString())
                .isEqualTo("toolu_b");
        assertThat(answer.as(answer.ending()).at("/status").asString()).isEqualTo("completed");
    }

    @Test
    void onlyBeginsWhileTheModelThinks() {
        assertThat(told(new Thinking("Hm."), new Thinking("Ah.")))
                .extracting(AnswerTest::typeOf)
                .containsExactly("response.created", "response.in_progress");
    }

    @Test
    void isEmptyWhereNothingWasSaid() {
        assertThat(told(STOP))
                .extracting(AnswerTest::typeOf)
                .containsExactly("response.created", "response.in_progress");
        assertThat(answer.as(answer.ending()).path("output")).isEmpty();
    }

    @Test
    void saysWhyItIsIncomplete() {
        told(new Text("Hel"), new Finished(FinishReason.LENGTH, null, null, null));

        var whole = answer.as(answer.ending());

        assertThat(whole.at("/status").asString()).isEqualTo("incomplete");
        assertThat(whole.at("/incomplete_details/reason").asString()).isEqualTo("max_output_tokens");
        assertThat(whole.at("/output/0/status").asString()).isEqualTo("incomplete");
    }

    @Test
    void leavesTheHeadAsItWas() {
        told(new Text("Hel"), STOP);

        answer.as(answer.ending());

        assertThat(head).isEqualTo(JsonMapper.shared().valueToTree(Map.of("id", "resp_1", "status", "in_progress")));
    }

    @Test
    void failsWhereACallHasNoBeginning() {
        Assertions.assertThatThrownBy(() -> told(new ToolCallPiece(0, null, null, "{}")))
                .isInstanceOf(CompletionException.class);
    }

    private List<ObjectNode> told(CompletionEvent... happened) {
        List<ObjectNode> events = new ArrayList<>();
        for (CompletionEvent each : happened) {
            events.addAll(answer.tell(each));
        }
        return events;
    }

    private static String typeOf(ObjectNode event) {
        return event.path("type").asString();
    }
}
