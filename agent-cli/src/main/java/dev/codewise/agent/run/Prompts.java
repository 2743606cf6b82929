package dev.codewise.agent.run;

import dev.codewise.agent.claude.Prompt;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import dev.codewise.protocol.RunTurn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a prompt of a request, or says why it is none. */
final class Prompts {

    private final List<String> models;

    /** No models means any. */
    Prompts(List<String> models) {
        this.models = List.copyOf(models);
    }

    Prompt of(RunRequest request) {
        checkModel(request.model());
        var turns = request.messages();
        if (!turns.stream().allMatch(turn -> turn.content().isText())) {
            throw invalid("this agent takes nothing but text");
        }
        if (turns.isEmpty() || turns.get(turns.size() - 1).role() != RunTurn.Role.USER) {
            throw invalid("the last message must be the user's");
        }
        var question = turns.get(turns.size() - 1).content().text();
        if (question.isBlank()) {
            throw invalid("the last message is empty");
        }
        return new Prompt(request.model(), request.system(), history(turns), question, maxTokens(request));
    }

    private void checkModel(String model) {
        if (!Protocol.isModelName(model)) {
            throw invalid("this is not the name of a model");
        }
        if (!models.isEmpty() && !models.contains(model)) {
            throw new RejectedRequestException(
                    new RunError(RunErrorCode.INVALID_REQUEST, "this agent does not offer the model", true, null));
        }
    }

    /** The service takes no empty message; leaving one out changes nothing of what was said. */
    private static List<Turn> history(List<RunTurn> turns) {
        return turns.subList(0, turns.size() - 1).stream()
                .filter(turn -> !turn.content().text().isBlank())
                .map(turn -> new Turn(speaker(turn.role()), turn.content().text()))
                .toList();
    }

    private static Speaker speaker(RunTurn.Role role) {
        return switch (role) {
            case USER, TOOL -> Speaker.USER;
            case ASSISTANT -> Speaker.ASSISTANT;
        };
    }

    private static @Nullable Integer maxTokens(RunRequest request) {
        var parameters = request.parameters();
        var limit = parameters == null ? null : parameters.maxTokens();
        if (limit != null && limit < 1) {
            throw invalid("maxTokens must be at least 1");
        }
        return limit;
    }

    private static RejectedRequestException invalid(String reason) {
        return new RejectedRequestException(RunError.of(RunErrorCode.INVALID_REQUEST, reason));
    }
}
