package dev.codewise.probe;

import dev.codewise.proxy.web.RequestRefused;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Paths to knock at; each says its name when somebody gets in. */
@RestController
public class ProbeRooms {

    /** One permit for each client that left {@code /api/endless}. */
    public static final Semaphore LEFT = new Semaphore(0);

    public record Question(@NotBlank String text, List<Part> parts) {}

    public record Part(int number) {}

    /** Only for knocking; whoever wants more than that gets nothing. */
    @RequestMapping("/")
    String doorstep() {
        return "room: doorstep";
    }

    @GetMapping("/v1/models")
    String models() {
        return "room: models";
    }

    @PostMapping("/v1/questions")
    String question(@Valid @RequestBody Question question) {
        return "room: " + question.text();
    }

    @GetMapping("/api/number")
    String number(@RequestParam int n, @RequestHeader("X-Wanted") String wanted) {
        return "room: " + n + wanted;
    }

    @GetMapping("/api/health")
    String health() {
        return "room: health";
    }

    @GetMapping("/api/agent/status")
    String status() {
        return "room: status";
    }

    @GetMapping("/api/agent/connect")
    String connect(Principal agent) {
        return "room: connect for " + agent;
    }

    @PostMapping("/api/agent/response")
    String response(@RequestBody String body) {
        return "room: response";
    }

    @GetMapping(path = "/api/json", produces = MediaType.APPLICATION_JSON_VALUE)
    String json() {
        return "\"room: json\"";
    }

    @GetMapping("/api/broken")
    String broken() {
        throw new IllegalStateException("the inside of the house");
    }

    @GetMapping(path = "/api/breaking-off", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> breakingOff() {
        return Flux.just("first").concatWith(Flux.error(() -> new IllegalStateException("no more")));
    }

    @GetMapping(path = "/api/refusing-late", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> refusingLate() {
        return Flux.just("first").concatWith(Flux.error(() -> new RequestRefused(HttpStatus.CONFLICT, "too late")));
    }

    @GetMapping(path = "/api/endless", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<Long> endless() {
        return Flux.interval(Duration.ofMillis(10)).onBackpressureDrop().doOnCancel(LEFT::release);
    }

    /** Outside of every known prefix, so nobody is meant to get here. */
    @GetMapping("/cellar")
    String cellar() {
        return "room: cellar";
    }
}
