package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.access.Badges;
import dev.codewise.proxy.access.ClientAddress;
import dev.codewise.proxy.agent.ingest.PostReader;
import dev.codewise.proxy.agent.reply.InMemoryReplyChannel;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.completion.ModelSource;
import dev.codewise.proxy.completion.Provider;
import dev.codewise.proxy.settings.LiveSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationPredicate;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** Wires the fleet: who is connected, whose turn it is, and how answers find their way back. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AgentProperties.class, LinkProperties.class, AdmissionProperties.class})
class AgentConfiguration {

    @Bean
    AgentDirectory agentDirectory() {
        return new InMemoryAgentDirectory();
    }

    @Bean
    ReplyChannel replyChannel() {
        return new InMemoryReplyChannel(System::nanoTime);
    }

    @Bean
    CoolDowns coolDowns() {
        return new CoolDowns(System::nanoTime);
    }

    @Bean
    AgentManager agentManager(AgentDirectory directory, CoolDowns coolDowns) {
        return new AgentManager(directory, coolDowns);
    }

    @Bean
    ModelSource modelsOfAgents(AgentManager agents) {
        return client -> agents.offered(client.owner());
    }

    @Bean
    AgentTimes agentTimes(AgentProperties properties, ObjectProvider<LiveSettings> settings) {
        return new AgentTimes(properties, settings.getIfAvailable(LiveSettings::none));
    }

    @Bean
    WaitingLine waitingLine(AgentManager agents, AgentTimes times, MeterRegistry registry) {
        Timer waits = Timer.builder("codewise.requests.wait")
                .description("How long requests that an agent took waited for its slot")
                .register(registry);
        return new WaitingLine(agents, times::ofLine, waits::record);
    }

    @Bean
    Welcome welcome(AgentProperties properties, LinkProperties link) {
        return new Welcome(properties, link);
    }

    @Bean
    AgentsPerAddress agentsPerAddress(AdmissionProperties properties) {
        return new AgentsPerAddress(properties.perAddress());
    }

    @Bean
    StandingOrders standingOrders() {
        return new StandingOrders();
    }

    @Bean
    Roster roster(AgentDirectory directory, StandingOrders orders, LinkProperties link) {
        return new Roster(directory, orders, link.away(), System::nanoTime);
    }

    @Bean
    AgentConnections agentConnections(Roster roster, WaitingLine line, Welcome welcome, ObjectProvider<Badges> badges) {
        var good = badges.getIfAvailable();
        var watch = new BadgeWatch(good == null ? Optional::of : good::now);
        return new AgentConnections(roster, line, welcome, watch, Clock.systemUTC());
    }

    @Bean
    OrderNotes orderNotes(ClientAddress addresses, ApplicationEventPublisher events) {
        return new OrderNotes(addresses, events::publishEvent);
    }

    @Bean
    ObservationPredicate unobservedPosts() {
        return new UnobservedPosts();
    }

    @Bean
    PostRates postRates(Roster roster) {
        return new PostRates(roster, System::nanoTime);
    }

    @Bean
    AgentResponseController agentResponses(
            PostReader reader, AgentConnections connections, Roster roster, ReplyChannel replies, PostRates rates) {
        return new AgentResponseController(reader, connections, roster, replies, rates);
    }

    @Bean
    HandlerMapping agentResponsePath(AgentResponseController responses, JsonMapper json) {
        var path = new AgentResponsePath(responses, json);
        return new SimpleUrlHandlerMapping(Map.of(Protocol.RESPONSE_PATH, path), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    @Order(100)
    Provider remoteAgentProvider(
            WaitingLine line, ReplyChannel replies, CoolDowns coolDowns, AgentTimes times, LinkProperties link) {
        var experience = new Experience(new Conversations(), coolDowns, new ParkedRuns(System::nanoTime));
        return new RemoteAgentProvider(line, replies, experience, times::now, link);
    }

    @Bean
    AgentErrors agentErrors(JsonMapper json) {
        return new AgentErrors(json);
    }

    @Bean
    PostReader postReader() {
        return new PostReader();
    }

    @Bean
    AgentShutdown agentShutdown(AgentManager agents, Roster roster, AgentDirectory directory, ReplyChannel replies) {
        return new AgentShutdown(agents, roster, directory, replies);
    }

    @Bean
    AgentMetrics agentMetrics(AgentManager agents, ReplyChannel replies, WaitingLine line) {
        return new AgentMetrics(agents, replies, line);
    }
}
