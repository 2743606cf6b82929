package dev.codewise.proxy.agent.reply;

class InMemoryReplyChannelTest extends ReplyChannelContract {

    @Override
    ReplyChannel replyChannel() {
        return new InMemoryReplyChannel(System::nanoTime);
    }
}
