package dev.codewise.proxy.status;

import dev.codewise.proxy.access.AgentSecret;
import dev.codewise.proxy.access.FrontDoor;
import dev.codewise.proxy.claude.ClaudeApiProvider;
import dev.codewise.proxy.database.DatabaseState;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gathers from the other modules what is told about the whole. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({StatusProperties.class, LogProperties.class})
class StatusConfiguration {

    @Bean
    Installation installation(ObjectProvider<BuildProperties> build, ObjectProvider<ClaudeApiProvider> claude) {
        String version =
                build.stream().map(BuildProperties::getVersion).findFirst().orElse("(unbuilt)");
        return new Installation(version, () -> claude.stream().anyMatch(ClaudeApiProvider::isThere));
    }

    @Bean
    StartLines startLines(
            Installation installation,
            StatusProperties address,
            DatabaseState database,
            FrontDoor door,
            AgentSecret agentSecret) {
        return new StartLines(installation, address, database, door, AgentCommand.startedIn(Path.of(""), agentSecret));
    }
}
