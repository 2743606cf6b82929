package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** What the proxy learns of its agents from their answers: who has which conversation, and who is better left alone. */
final class Experience {

    private final Conversations conversations;
    private final CoolDowns coolDowns;

    Experience(Conversations conversations, CoolDowns coolDowns) {
        this.conversations = conversations;
        this.coolDowns = coolDowns;
    }

    /** To be asked for before the request has an agent. */
    Lesson of(CompletionRequest request) {
        return new Lesson(conversations.of(request));
    }

    /** One request, at one agent or at none. */
    final class Lesson {

        private final Conversation conversation;

        private Lesson(Conversation conversation) {
            this.conversation = conversation;
        }

        /** The agent that has answered before what this request continues. */
        Optional<String> agent() {
            return conversations.agentOf(conversation);
        }

        /** The same answer, learnt from on its way. */
        Flux<CompletionEvent> learntFrom(AgentLink agent, Flux<CompletionEvent> answer) {
            return Flux.defer(() -> followed(new Progress(conversation, agent), answer));
        }

        private Flux<CompletionEvent> followed(Progress progress, Flux<CompletionEvent> answer) {
            return answer.doOnNext(progress::said).doOnError(CompletionException.class, progress::failed);
        }
    }

    /** How far one agent has come with one answer. */
    private final class Progress implements CompletionEvent.Reader<Progress> {

        private final Conversation conversation;
        private final AgentLink agent;
        private boolean begun;

        Progress(Conversation conversation, AgentLink agent) {
            this.conversation = conversation;
            this.agent = agent;
        }

        void said(CompletionEvent event) {
            conversation.says(event);
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
            conversations.answered(conversation, agent.id());
            return begun();
        }
    }
}
