package dev.codewise.agent.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, as the jar tells it. */
final class AgentVersion implements IVersionProvider {

    static String current() {
        var version = AgentVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"codewise-agent " + current()};
    }
}
