package dev.codewise.agent.upload;

import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.protocol.RunMessage.Failed;

/** The same message with its place among those of its run. */
record Numbered(long seq) implements RunMessage.Reader<RunMessage> {

    @Override
    public RunMessage chunk(Chunk chunk) {
        return new Chunk(chunk.requestId(), seq, chunk.content(), chunk.thinking(), chunk.toolCall());
    }

    @Override
    public RunMessage complete(Complete end) {
        return new Complete(
                end.requestId(), seq, end.finishReason(), end.usage(), end.costUsd(), end.model(), end.content());
    }

    @Override
    public RunMessage failed(Failed end) {
        return new Failed(end.requestId(), seq, end.error());
    }
}
