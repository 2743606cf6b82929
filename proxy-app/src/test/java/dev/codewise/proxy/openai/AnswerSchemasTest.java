package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.FinishReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnswerSchemasTest {

    private static final String PERSON = """
            {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","required":["name"],
             "additionalProperties":false,"properties":{"name":{"type":"string","pattern":"^[A-Z]"},
             "age":{"$ref":"#/definitions/age"}},"definitions":{"age":{"type":"integer","minimum":0}}}""";

    private final AnswerSchemas schemas = new AnswerSchemas();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"Ann"}            | true
            {"name":"Ann","age":3}    | true
            {"name":"Ann","age":-3}   | false
            {"name":"Ann","age":"3"}  | false
            {"name":"ann"}            | false
            {"name":"Ann","x":1}      | false
            {}                        | false
            "Ann"                     | false
            {"name":"Ann"} and more   | false
            Sure                      | false
            """)
    void tellWhatFits(String answer, boolean fits) {
        assertThat(checkOf(PERSON).test(answer)).isEqualTo(fits);
    }

    @Test
    void areReadWhereTheyKeepNobodyWaiting() {
        JsonNode schema = JsonMapper.shared().readTree("{\"type\":\"json_schema\"}");
        JsonNode none = JsonMapper.shared().readTree("{\"type\":\"text\"}");

        assertThat(schemas.reading(Optional.of(schema), Thread::currentThread).block())
                .isNotSameAs(Thread.currentThread());
        assertThat(schemas.reading(Optional.of(none), Thread::currentThread).block())
                .isSameAs(Thread.currentThread());
    }

    @Test
    void areBounded() {
        String values = ",0".repeat(9_997);
        JsonNode largest = JsonMapper.shared().readTree("{\"enum\":[0" + values + "]}");
        JsonNode larger = JsonMapper.shared().readTree("{\"enum\":[0,0" + values + "]}");

        assertThat(AnswerSchemas.isTooLarge(largest)).isFalse();
        assertThat(AnswerSchemas.isTooLarge(larger)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"text\"}",
                "{\"properties\":[]}",
                "{\"type\":\"string\",\"pattern\":\"(\"}",
                "{\"$ref\":\"http://127.0.0.1:1/schema\"}",
                "{\"properties\":{\"a\":{\"items\":{\"$ref\":\"file:///etc/passwd\"}}}}",
                "{\"$dynamicRef\":\"classpath:application.yaml\"}",
                "{\"$dynamicRef\":\"http://127.0.0.1:1/schema\"}",
                "{\"items\":{\"$recursiveRef\":\"http://127.0.0.1:1/schema\"}}",
                "{\"items\":{\"$schema\":\"classpath:application.yaml\"}}"
            })
    void refuseWhatIsNone(String schema) {
        assertThat(schemas.find(JsonMapper.shared().readTree(schema))).isEmpty();
    }

    /** They only give a name to what is there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$schema\":\"classpath:application.yaml\",\"type\":\"string\"}",
                "{\"$id\":\"classpath:application.yaml\",\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"string\"}}}",
                "{\"$dynamicRef\":\"#a\",\"$defs\":{\"a\":{\"$dynamicAnchor\":\"a\",\"type\":\"string\"}}}"
            })
    void readWhatOnlyNamesItself(String schema) {
        var check = checkOf(schema);

        assertThat(check.test("\"x\"")).isTrue();
        assertThat(check.test("1")).isFalse();
    }

    @Test
    void doNotRunInCircles() {
        var check = schemas.find(JsonMapper.shared().readTree("{\"$ref\":\"#\"}"));

        assertThat(check.map(each -> each.test("{}")).orElse(false)).isFalse();
    }

    @Test
    void giveUpOnAPatternThatTakesForEver() {
        var check = checkOf("{\"type\":\"string\",\"pattern\":\"(.*a){8}b\"}");

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(check.test("\"" + "a".repeat(60) + "!\"")).isFalse());
    }

    /** Each of these takes some time and then fits; all together they take too long. */
    @Test
    void giveUpOnManyPatternsThatEachTakeLong() {
        var check = checkOf("{\"items\":{\"pattern\":\"(.*a){8}b|!$\"}}");
        String slow = "\"" + "a".repeat(18) + "!\"";

        assertThat(check.test("[" + slow + "]")).isTrue();
        assertThat(check.test("[" + (slow + ",").repeat(40) + slow + "]")).isFalse();
    }

    @Test
    void areAskedWhereTheyKeepNobodyWaiting() {
        List<Boolean> asked = new CopyOnWriteArrayList<>();
        var form = new AnswerForm("x", null, null, answer -> asked.add(Schedulers.isInNonBlockingThread()));
        CompletionEvent end = new Finished(FinishReason.STOP, null, null, null);

        form.checked(Flux.just(end).publishOn(Schedulers.parallel())).blockLast();

        assertThat(asked).containsExactly(false);
    }

    private Predicate<String> checkOf(String schema) {
        return schemas.find(JsonMapper.shared().readTree(schema)).orElseThrow();
    }
}
