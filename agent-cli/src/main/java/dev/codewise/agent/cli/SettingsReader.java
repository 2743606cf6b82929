package dev.codewise.agent.cli;

import dev.codewise.agent.claude.ParkingRoom;
import dev.codewise.agent.cli.AgentSettings.Proxy;
import dev.codewise.agent.run.Admission;
import dev.codewise.agent.run.WorkingHours;
import dev.codewise.protocol.Protocol;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes settings of the options and the environment; what is wrong it says in one sentence with the cure. */
final class SettingsReader {

    private static final int SHORTEST_SECRET = 16;
    private static final long LONGEST_SECRET_FILE = 4096;

    private static final int MOST_WARM = 16;
    private static final int MOST_PARK_MINUTES = 60;
    private static final int MOST_PARKED = 16;
    private static final int MOST_PARKED_MB = 100_000;
    private static final long MB = 1024 * 1024;
    private static final int MOST_IN_AN_HOUR = 10_000;

    private final Options options;
    private final Map<String, String> environment;

    SettingsReader(Options options, Map<String, String> environment) {
        this.options = options;
        this.environment = environment;
    }

    AgentSettings read() {
        return new AgentSettings(proxy(), claude(), maxConcurrency(), warm(), parking(), models(), admission());
    }

    Proxy proxy() {
        var url = url();
        var secret = secret();
        return new Proxy(url, secret, agentId(Protocol.agentOfToken(secret).orElse(null)));
    }

    /** Fails where the way to the proxy cannot be as it is asked for. */
    HttpClient http() {
        return new Route(options.caFile, environment).client();
    }

    private URI url() {
        var url = firstSet(options.url, environment.get("CODEWISE_URL"));
        if (url == null) {
            throw new SettingsException(
                    "--url is missing: give the proxy's address, such as --url http://127.0.0.1:8080");
        }
        try {
            return checked(new URI(url.strip()));
        } catch (URISyntaxException e) {
            throw notAnAddress(url);
        }
    }

    private static URI checked(URI url) {
        var isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
            throw notAnAddress(url.toString());
        }
        if (url.getUserInfo() != null) {
            throw new SettingsException("--url must not contain a password: the secret goes into --secret-file");
        }
        return url;
    }

    private static SettingsException notAnAddress(String url) {
        return new SettingsException(
                "--url is \"" + url + "\", which is no address: it looks like http://127.0.0.1:8080");
    }

    private String secret() {
        if (options.secret != null && options.secretFile != null) {
            throw new SettingsException("--secret and --secret-file exclude each other: give one of them");
        }
        var secret = firstSet(options.secret, fromFile(), environment.get("AGENT_SECRET"));
        if (secret == null) {
            throw new SettingsException("--secret is missing: give the proxy's AGENT_SECRET, or a token of this agent,"
                    + " by --secret-file, AGENT_SECRET or --secret");
        }
        if (secret.length() < SHORTEST_SECRET || !secret.chars().allMatch(SettingsReader::isPrintable)) {
            throw new SettingsException("--secret must be at least 16 printable characters without blanks:"
                    + " copy the one the proxy printed at its first start");
        }
        return secret;
    }

    private static boolean isPrintable(int character) {
        return character > ' ' && character < 127;
    }

    private @Nullable String fromFile() {
        return options.secretFile == null ? null : read(options.secretFile);
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > LONGEST_SECRET_FILE) {
                throw new SettingsException("--secret-file " + file + " is too large to hold only a secret");
            }
            var secret = Files.readString(file).lines().findFirst().orElse("").strip();
            if (secret.isEmpty()) {
                throw new SettingsException("--secret-file " + file + " is empty: its first line must be the secret");
            }
            return secret;
        } catch (MalformedInputException e) {
            throw new SettingsException("--secret-file " + file + " is no text: its first line must be the secret");
        } catch (IOException e) {
            throw new SettingsException("--secret-file " + file + " cannot be read: check that it exists and is yours");
        }
    }

    /** A token is good for one agent only, so that one need not be named. */
    private String agentId(@Nullable String ofToken) {
        var id = firstSet(options.agentId, ofToken);
        if (id == null) {
            return HostName.asAgentId();
        }
        if (ofToken != null && !ofToken.equals(id)) {
            throw new SettingsException("--agent-id is " + id + ", but the token is one of " + ofToken
                    + ": leave the option out, or ask the proxy's operator for a token of " + id);
        }
        if (!Protocol.isAgentId(id)) {
            throw new SettingsException("--agent-id must be 1 to 64 letters, digits, dots, hyphens or underscores,"
                    + " beginning with a letter or a digit, such as laptop-1");
        }
        return id;
    }

    String claude() {
        var claude = firstSet(options.claude);
        if (claude == null) {
            return "claude";
        }
        return claude.contains("/") ? Path.of(claude).toAbsolutePath().toString() : claude;
    }

    private int maxConcurrency() {
        if (options.maxConcurrency < 1 || options.maxConcurrency > Protocol.MAX_CONCURRENCY_LIMIT) {
            throw new SettingsException("--max-concurrency is " + options.maxConcurrency + ": it must be from 1 to 64");
        }
        return options.maxConcurrency;
    }

    private Admission admission() {
        if (options.maxRequestsPerHour < 0 || options.maxRequestsPerHour > MOST_IN_AN_HOUR) {
            throw new SettingsException("--max-requests-per-hour is " + options.maxRequestsPerHour
                    + ": it must be from 1 to " + MOST_IN_AN_HOUR + ", or 0 for no limit");
        }
        return new Admission(hours(), options.maxRequestsPerHour, Clock.system(ZoneId.systemDefault()));
    }

    private WorkingHours hours() {
        var hours = firstSet(options.hours);
        return hours == null
                ? WorkingHours.ALWAYS
                : WorkingHours.parse(hours)
                        .orElseThrow(() -> new SettingsException(
                                "--hours must be two full hours with a hyphen between them, such as 9-18 or 22-6"));
    }

    LogFormat logFormat() {
        return switch (options.logFormat) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw new SettingsException("--log-format must be text or json");
        };
    }

    private int warm() {
        if (options.warm < 0 || options.warm > MOST_WARM) {
            throw new SettingsException("--warm is " + options.warm + ": it must be from 0 to " + MOST_WARM);
        }
        return options.warm;
    }

    private ParkingRoom parking() {
        if (options.parkMinutes < 0 || options.parkMinutes > MOST_PARK_MINUTES) {
            throw new SettingsException("--park-minutes is " + options.parkMinutes + ": it must be from 1 to "
                    + MOST_PARK_MINUTES + ", or 0 for not at all");
        }
        if (options.parkedMemory < 0 || options.parkedMemory > MOST_PARKED_MB) {
            throw new SettingsException(
                    "--parked-memory is " + options.parkedMemory + ": it must be from 0 to " + MOST_PARKED_MB + " MB");
        }
        return new ParkingRoom(Duration.ofMinutes(options.parkMinutes), MOST_PARKED, options.parkedMemory * MB);
    }

    private List<String> models() {
        var models = options.models.stream()
                .map(String::strip)
                .filter(model -> !model.isEmpty())
                .toList();
        if (models.size() > Protocol.MAX_MODELS || !models.stream().allMatch(Protocol::isModelName)) {
            throw new SettingsException(
                    "--models must be at most 64 names separated by commas, such as --models sonnet,opus");
        }
        return models;
    }

    /** A variable that is set to nothing counts as unset. */
    private static @Nullable String firstSet(@Nullable String... values) {
        for (var value : values) {
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }
}
