package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent posts: the messages of its runs, and from level 1 on those about itself. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface AgentMessage permits RunMessage, AgentMessage.Probe, AgentMessage.OfAgent {

    /** Lets the message say which one it is, so that no reader has to ask. */
    <T> T reach(Recipient<T> recipient);

    /** Takes each kind of message in a method of its own. */
    interface Recipient<T> {

        T run(RunMessage message);

        T probe(Probe probe);

        T heartbeat(Heartbeat heartbeat);

        T resume(Resume resume);

        T draining(Draining draining);
    }

    /** A message about the agent itself, and no request. */
    sealed interface OfAgent extends AgentMessage {}

    /** Asks how much of a run has arrived, and changes nothing. */
    @JsonTypeName("probe")
    record Probe(String requestId) implements AgentMessage {

        public Probe {
            Required.field("requestId", requestId);
        }

        @Override
        public <T> T reach(Recipient<T> recipient) {
            return recipient.probe(this);
        }
    }

    /** The agent is there, with nothing else to say. */
    @JsonTypeName("heartbeat")
    record Heartbeat(
            @Nullable String connectionId,
            @Nullable Integer running,
            @Nullable Integer freeSlots) implements OfAgent {

        @Override
        public <T> T reach(Recipient<T> recipient) {
            return recipient.heartbeat(this);
        }
    }

    /** What the agent runs, told behind every new connection; the answer is an event of the same name. */
    @JsonTypeName("resume")
    record Resume(List<RunPosition> running) implements OfAgent {

        public Resume {
            Required.field("running", running);
            running = List.copyOf(running);
        }

        @Override
        public <T> T reach(Recipient<T> recipient) {
            return recipient.resume(this);
        }
    }

    /** The agent finishes what it has and takes nothing new. */
    @JsonTypeName("draining")
    record Draining() implements OfAgent {

        @Override
        public <T> T reach(Recipient<T> recipient) {
            return recipient.draining(this);
        }
    }
}
