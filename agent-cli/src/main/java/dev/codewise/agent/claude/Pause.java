package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Part.ToolResult;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;
import java.util.List;
import java.util.stream.Collectors;

/** What claude has been asked and what it has said, up to the calls whose results it waits for. */
record Pause(Prompt asked, SaidTurn said) {

    /** Whether the prompt says all of that again and then what came of the calls, in a form that claude can be told late. */
    boolean isEndedBy(Prompt next) {
        return next.turns().size() > saidAt() + 1
                && isSameUpToHere(next)
                && said.isSaidBy(next.turns().get(saidAt()))
                && isWhatCameOfTheCalls(rest(next));
    }

    private boolean isSameUpToHere(Prompt next) {
        return next.turns().subList(0, saidAt()).equals(asked.turns())
                && new Prompt(next.model(), next.system(), asked.turns(), next.toolbox(), next.wishes()).equals(asked);
    }

    private boolean isWhatCameOfTheCalls(List<Turn> rest) {
        var parts = SortedParts.of(rest);
        var answered = parts.results().stream().map(ToolResult::callId).collect(Collectors.toSet());
        return rest.stream().allMatch(turn -> turn.speaker() == Speaker.USER)
                && parts.areOnlyResults()
                && parts.results().size() == said.calls().size()
                && answered.equals(said.callIds())
                && parts.results().stream().allMatch(Pause::canBeToldLate);
    }

    private static boolean canBeToldLate(ToolResult result) {
        var parts = SortedParts.ofResult(result);
        return parts.areWordsAndImages() && parts.length() <= ToolLines.LONGEST_RESULT * 4 / 5;
    }

    /** What came of the calls, of a prompt that ends this. */
    List<ToolResult> results(Prompt next) {
        return SortedParts.of(rest(next)).results();
    }

    private List<Turn> rest(Prompt next) {
        return next.turns().subList(saidAt() + 1, next.turns().size());
    }

    private int saidAt() {
        return asked.turns().size();
    }
}
