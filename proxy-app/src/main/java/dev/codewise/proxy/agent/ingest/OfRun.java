package dev.codewise.proxy.agent.ingest;

import dev.codewise.protocol.AgentMessage;
import dev.codewise.protocol.RunMessage;

/** Lets pass what belongs to one run, for nothing else may come with it. */
final class OfRun implements AgentMessage.Recipient<RunMessage> {

    private final String requestId;

    OfRun(String requestId) {
        this.requestId = requestId;
    }

    @Override
    public RunMessage run(RunMessage message) {
        if (!message.requestId().equals(requestId)) {
            throw MessageReader.bad("it is among the messages of another request");
        }
        return message;
    }

    @Override
    public RunMessage probe(AgentMessage.Probe probe) {
        throw alone();
    }

    @Override
    public RunMessage heartbeat(AgentMessage.Heartbeat heartbeat) {
        throw alone();
    }

    @Override
    public RunMessage resume(AgentMessage.Resume resume) {
        throw alone();
    }

    @Override
    public RunMessage draining(AgentMessage.Draining draining) {
        throw alone();
    }

    private static AgentRefusal alone() {
        return MessageReader.bad("it comes alone, and not among the messages of a request");
    }
}
