package dev.codewise.agent.run;

import dev.codewise.agent.claude.Prompt;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import dev.codewise.protocol.RunParameters;
import dev.codewise.protocol.RunTurn;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Makes a prompt of a request, or says why it is none. */
final class Prompts {

    private final List<String> models;
    private final PromptParts parts = new PromptParts(new JsonMapper());

    /** No models means any. */
    Prompts(List<String> models) {
        this.models = List.copyOf(models);
    }

    Prompt of(RunRequest request) {
        checkModel(request.model());
        var parameters = request.parameters() == null ? RunParameters.NONE : request.parameters();
        return new Prompt(
                request.model(),
                request.system(),
                turns(request.messages()),
                PromptWishes.toolbox(parameters),
                PromptWishes.of(parameters));
    }

    private void checkModel(String model) {
        if (!Protocol.isModelName(model)) {
            throw RejectedRequestException.invalid("this is not the name of a model");
        }
        if (!models.isEmpty() && !models.contains(model)) {
            throw new RejectedRequestException(
                    new RunError(RunErrorCode.INVALID_REQUEST, "this agent does not offer the model", true, null));
        }
    }

    private List<Turn> turns(List<RunTurn> messages) {
        if (messages.isEmpty() || messages.get(messages.size() - 1).role() == RunTurn.Role.ASSISTANT) {
            throw RejectedRequestException.invalid("the last message must be the user's");
        }
        var turns = messages.stream().map(this::turn).toList();
        if (turns.get(turns.size() - 1).parts().isEmpty()) {
            throw RejectedRequestException.invalid("the last message is empty");
        }
        return turns.stream().filter(turn -> !turn.parts().isEmpty()).toList();
    }

    private Turn turn(RunTurn message) {
        return new Turn(speaker(message.role()), parts.of(message.content()));
    }

    private static Speaker speaker(RunTurn.Role role) {
        return switch (role) {
            case USER, TOOL -> Speaker.USER;
            case ASSISTANT -> Speaker.ASSISTANT;
        };
    }
}
