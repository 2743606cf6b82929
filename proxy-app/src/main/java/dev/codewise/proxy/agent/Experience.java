package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Flux;

/** What the proxy learns of its agents from their answers: who has which conversation, or even holds it, and who is better left alone. */
final class Experience {

    private final Conversations conversations;
    private final CoolDowns coolDowns;
    private final ParkedRuns parkedRuns;

    Experience(Conversations conversations, CoolDowns coolDowns, ParkedRuns parkedRuns) {
        this.conversations = conversations;
        this.coolDowns = coolDowns;
        this.parkedRuns = parkedRuns;
    }

    /** To be asked for before the request has an agent. */
    Lesson of(CompletionRequest request) {
        return new Lesson(request.id(), conversations.of(request));
    }

    /** One request, at one agent or at none. */
    final class Lesson {

        private final String requestId;
        private final Conversation conversation;
        private volatile Duration parkedFor = Duration.ZERO;

        private Lesson(String requestId, Conversation conversation) {
            this.requestId = requestId;
            this.conversation = conversation;
        }

        /** The agent that has answered before what this request continues. */
        Optional<String> agent() {
            return conversations.agentOf(conversation);
        }

        /** The run that this agent can go on with; to be asked for once, when the request goes to it. */
        Optional<String> parkedAt(AgentLink agent) {
            return conversation
                    .continued()
                    .filter(known -> agent.profile().can(AgentFeature.CONTINUES))
                    .flatMap(known -> parkedRuns.take(known, agent.profile().assignee()));
        }

        /** To be told every message of the agent before what it means to the client. */
        void hears(RunMessage message) {
            if (message instanceof Complete complete && complete.parkedForMs() != null) {
                parkedFor = Duration.ofMillis(Math.max(0, complete.parkedForMs()));
            }
        }

        private void finishedBy(AgentLink agent) {
            UUID known = conversations.answered(conversation, agent.id());
            if (agent.profile().can(AgentFeature.CONTINUES) && !parkedFor.isZero()) {
                parkedRuns.hold(known, requestId, agent.profile().assignee(), parkedFor);
            }
        }

        /** The same answer, learnt from on its way. */
        Flux<CompletionEvent> learntFrom(AgentLink agent, Flux<CompletionEvent> answer) {
            return Flux.defer(() -> followed(new Progress(this, agent), answer));
        }

        private Flux<CompletionEvent> followed(Progress progress, Flux<CompletionEvent> answer) {
            return answer.doOnNext(progress::said).doOnError(CompletionException.class, progress::failed);
        }
    }

    /** How far one agent has come with one answer. */
    private final class Progress implements CompletionEvent.Reader<Progress> {

        private final Lesson lesson;
        private final AgentLink agent;
        private boolean begun;

        Progress(Lesson lesson, AgentLink agent) {
            this.lesson = lesson;
            this.agent = agent;
        }

        void said(CompletionEvent event) {
            lesson.conversation.says(event);
            event.tell(this);
        }

        void failed(CompletionException failure) {
            Optional<Duration> wait = failure.retryAfter();
            if (failure.reason() == Reason.RATE_LIMITED && wait.isPresent()) {
                coolDowns.limited(agent.id(), wait.get());
            } else if (!begun && saysSomethingOfTheAgent(failure) && agent.state() != AgentState.GONE) {
                coolDowns.failed(agent.id());
            }
        }

        /** Not where it would fail anywhere, nor where the agent is only busy, for then it is well. One that is gone need not be left alone. */
        private boolean saysSomethingOfTheAgent(CompletionException failure) {
            boolean busy = failure.reason() == Reason.PROVIDER_UNAVAILABLE
                    && failure.retryAfter().isPresent();
            return !busy && !failure.isFinal();
        }

        private Progress begun() {
            if (!begun) {
                begun = true;
                coolDowns.worked(agent.id());
            }
            return this;
        }

        @Override
        public Progress taken(CompletionEvent.Taken taken) {
            return this;
        }

        @Override
        public Progress thinking(CompletionEvent.Thinking thinking) {
            return begun();
        }

        @Override
        public Progress text(CompletionEvent.Text text) {
            return begun();
        }

        @Override
        public Progress toolCall(CompletionEvent.ToolCallPiece piece) {
            return begun();
        }

        @Override
        public Progress finished(CompletionEvent.Finished finished) {
            lesson.finishedBy(agent);
            return begun();
        }
    }
}
