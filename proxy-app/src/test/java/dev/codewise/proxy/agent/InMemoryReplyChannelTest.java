package dev.codewise.proxy.agent;

class InMemoryReplyChannelTest extends ReplyChannelContract {

    @Override
    ReplyChannel replyChannel() {
        return new InMemoryReplyChannel();
    }
}
