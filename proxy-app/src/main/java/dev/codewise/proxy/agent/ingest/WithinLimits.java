package dev.codewise.proxy.agent.ingest;

import dev.codewise.protocol.AgentMessage;
import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;

/** Refuses a message that brings more than one may. */
final class WithinLimits implements AgentMessage.Recipient<AgentMessage> {

    private static final int MAX_RUNS = 1024;

    @Override
    public AgentMessage run(RunMessage message) {
        if (!message.endsRun() && message.outputLength() > Protocol.MAX_CHUNK_CHARS) {
            throw tooLarge();
        }
        return message;
    }

    @Override
    public AgentMessage probe(AgentMessage.Probe probe) {
        return probe;
    }

    @Override
    public AgentMessage heartbeat(AgentMessage.Heartbeat heartbeat) {
        return heartbeat;
    }

    @Override
    public AgentMessage resume(AgentMessage.Resume resume) {
        if (resume.running().size() > MAX_RUNS) {
            throw new AgentRefusal(Kind.TOO_LARGE, "An agent has at most " + MAX_RUNS + " runs.");
        }
        return resume;
    }

    @Override
    public AgentMessage draining(AgentMessage.Draining draining) {
        return draining;
    }

    static AgentRefusal tooLarge() {
        return new AgentRefusal(
                Kind.TOO_LARGE,
                "A message has at most " + Protocol.MAX_MESSAGE_BYTES + " bytes, its content "
                        + Protocol.MAX_CHUNK_CHARS + " characters.");
    }
}
