package dev.codewise.proxy.agent;

class InMemoryAgentDirectoryTest extends AgentDirectoryContract {

    @Override
    AgentDirectory directory() {
        return new InMemoryAgentDirectory();
    }
}
