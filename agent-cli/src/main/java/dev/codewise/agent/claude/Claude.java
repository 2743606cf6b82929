package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The claude of this machine. */
public final class Claude implements AutoCloseable {

    private static final Duration SAYING_PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST_STATUS = 64;
    private static final Duration ENDING_PATIENCE = Duration.ofSeconds(3);

    private final JsonMapper json;
    private final LivingProcesses living;
    private final @Nullable Leftovers leftovers;
    private final Launcher launcher;
    private final Failures failures;
    private final InputLines input;
    private final LineParser parser;
    private final WarmPool pool;
    private final Parking parking;

    /** No process waits for anything; each is started for one prompt. */
    public Claude(String executable, Map<String, String> environment) {
        this(executable, environment, 0, ParkingRoom.NONE);
    }

    /** The environment is this program's own: what claude may not see of it is left out. */
    public Claude(String executable, Map<String, String> environment, int warm, ParkingRoom room) {
        this(executable, environment, new WarmShelf(warm, WarmPool.OLDEST, new Demand()), room);
    }

    Claude(String executable, Map<String, String> environment, WarmShelf shelf, ParkingRoom room) {
        this.json = new JsonMapper();
        var records = ProcessRecord.folder(environment).orElse(null);
        this.leftovers = records == null ? null : new Leftovers(json, records);
        this.living = new LivingProcesses(records == null ? traces -> {} : new ProcessRecord(json, records)::write);
        this.launcher = new Launcher(new Invocation(executable, environment), living);
        this.failures = new Failures(new Redaction(environment), Clock.systemUTC());
        this.input = new InputLines(json);
        this.parser = new LineParser(json);
        this.pool = new WarmPool(launcher, new Pulse(input, parser), shelf);
        var memory = new ResidentMemory(Path.of("/proc"));
        this.parking = new Parking(room, conversation -> memory.of(conversation.process()));
    }

    /** Ends what agents of this user have left behind that were killed, and says how many processes that was. */
    public int endLeftovers() {
        return leftovers == null ? 0 : leftovers.end();
    }

    /** Lets processes wait for prompts, of the models that prompts are for; until there are any, of these. */
    public void warmUp(List<String> models) {
        pool.start(models);
    }

    /** A process for one prompt: one that waits, or else a new one. */
    public Conversation start(String model) {
        var process = pool.take(model).orElseGet(() -> launcher.chat(model));
        return new Conversation(process, input, parser, failures, parking::isOpen);
    }

    /** The conversation that was parked under this name, if it waits for just this prompt; it answers no other. */
    public Optional<Conversation> resume(String name, Prompt prompt) {
        var parked = parking.take(name);
        var continued = parked.filter(conversation -> conversation.isContinuedBy(prompt));
        if (continued.isEmpty()) {
            parked.ifPresent(Parking::end);
        }
        return continued.map(Conversation::released);
    }

    /** Keeps the conversation for whoever continues it by this name, if claude waits and there is room: says for how long. */
    public Duration park(String name, Conversation conversation) {
        return conversation.isPaused() ? parking.put(name, conversation) : Duration.ZERO;
    }

    /** Nobody will continue what was parked under this name, if it still is. */
    public void unpark(String name) {
        parking.end(name);
    }

    /** What claude calls its version, such as {@code 2.1.197 (Claude Code)}. */
    public ClaudeVersion version() {
        return ClaudeVersion.of(said(launcher.version(), 1).get(0));
    }

    public Login login() {
        var said = new StringBuilder();
        said(launcher.login(), LONGEST_STATUS).forEach(line -> said.append(new String(line, StandardCharsets.UTF_8)));
        try {
            var status = json.readTree(said.toString());
            return new Login(
                    status.path("loggedIn").asBoolean(false),
                    status.path("authMethod").asString(""),
                    status.path("apiProvider").asString(""));
        } catch (JacksonException e) {
            throw new ClaudeException(Kind.EXITED, "claude does not say whether it is logged in");
        }
    }

    /** What a process has to say that is given no input. */
    private List<byte[]> said(ClaudeProcess process, int mostLines) {
        try {
            var lines = new ArrayList<byte[]>();
            for (var line = process.stdout().next(SAYING_PATIENCE); line.isPresent(); ) {
                lines.add(line.get());
                line = lines.size() < mostLines ? process.stdout().next(SAYING_PATIENCE) : Optional.empty();
            }
            if (lines.isEmpty()) {
                throw failures.exited(process);
            }
            return lines;
        } catch (TimeoutException e) {
            throw new ClaudeException(Kind.SILENT, "claude gave no answer to a simple question");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClaudeException(Kind.STOPPED, "stopped while claude was asked about itself");
        } finally {
            process.end();
        }
    }

    /** No process waits any more, from now on; those that answer go on. Returns at once. */
    public void coolDown() {
        pool.cool();
        parking.close();
    }

    /** Returns when no process is left; what answers has to be ended before. */
    @Override
    public void close() {
        coolDown();
        try {
            pool.awaitLastStart(ENDING_PATIENCE);
            living.awaitNone(ENDING_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
