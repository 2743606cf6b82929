package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class PlainSchemaTest {

    private final JsonMapper json = new JsonMapper();

    @Test
    void keepsWhatClaudeKnows() {
        var schema = """
                {"type":"object","properties":{"type":{"type":["string","null"],"minLength":1,"pattern":"^a"},\
                "list":{"type":"array","items":{"$ref":"#/$defs/part"},"maxItems":3},\
                "either":{"anyOf":[{"const":1},{"enum":["a",null]}]}},\
                "required":["type"],"additionalProperties":false,"$defs":{"part":{"type":"integer"}},\
                "title":"T","description":"D"}""";

        assertThat(plain(schema)).isEqualTo(schema);
    }

    @Test
    void leavesOutWhatClaudeWouldDropTheWholeSchemaFor() {
        var schema = """
                {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","x-order":1,\
                "properties":{"a":{"type":"string","nullable":true,"example":"b"}},"unevaluatedProperties":false}""";

        assertThat(plain(schema)).isEqualTo("""
                {"type":"object","properties":{"a":{"type":"string"}}}""");
    }

    @Test
    void movesAFormatIntoTheDescription() {
        var schema = """
                {"type":"object","properties":{"at":{"type":"string","format":"date-time"},\
                "by":{"type":"string","description":"Who","format":"email"}}}""";

        assertThat(plain(schema)).isEqualTo("""
                {"type":"object","properties":{"at":{"type":"string","description":"Format: date-time"},\
                "by":{"type":"string","description":"Who (Format: email)"}}}""");
    }

    @Test
    void saysTuplesInTheWordsOfDraftSeven() {
        assertThat(plain("{\"prefixItems\":[{\"type\":\"string\",\"format\":\"uri\"},true]}"))
                .isEqualTo("{\"items\":[{\"type\":\"string\",\"description\":\"Format: uri\"},true]}");
    }

    @Test
    void takesAPropertyForNoKeyword() {
        var schema = "{\"properties\":{\"format\":{\"type\":\"string\"},\"$schema\":{\"type\":\"string\"}}}";

        assertThat(plain(schema)).isEqualTo(schema);
    }

    private String plain(String schema) {
        return json.writeValueAsString(
                PlainSchema.of(json.readValue(schema, new TypeReference<Map<String, Object>>() {})));
    }
}
