package dev.codewise.proxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.Demand;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {

    private static final Demand BY_LENGTH = new Demand(50, 10);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'messages':[{'content':[{'type':'document','source':{'type':'url','url':'https://a.example'}}]}]}",
                "{'messages':[{'content':[{'type':'image','source':{'file_id':'f','type':'file'}}]}]}",
                "{'messages':[{'content':[{'type':'tool_result','content':[{'source':{'\\u0074ype':'file'}}]}]}]}",
                "{'tools':[{'name':'a'},{'type':'web_search_20250305','name':'web_search'}]}",
                "{'mcp_servers':[{'type':'url','url':'https://a.example'}]}"
            })
    void isAWholeContextWhereTheBodyDoesNotTellHowMuchIsRead(String body) {
        assertThat(reach(body).demand(BY_LENGTH)).isEqualTo(new Demand(1_000_000, 10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'messages':[{'content':'url'}],'mcp_servers':[]}",
                "{'messages':[{'content':[{'type':'image','source':{'type':'base64','data':'AA=='}}]}]}",
                "{'messages':[{'content':[{'source':{'type':'content','content':[{'type':'text'}]}}]}]}",
                "{'tools':[{'name':'a','input_schema':{'type':'object'}},{'type':'custom'},{'type':'bash_20250124'}]}",
                "{'metadata':{'type':'web_search_20250305'}}"
            })
    void endsWithTheBodyOtherwise(String body) {
        assertThat(reach(body).demand(BY_LENGTH)).isEqualTo(BY_LENGTH);
    }

    @Test
    void namesTheModelsThatToolsAsk() {
        assertThat(reach("{'model':'sonnet','tools':[{'type':'advisor_1','model':'opus'},{'x':{'model':'y'}}]}")
                        .models())
                .containsExactly("opus");
    }

    private static Reach reach(String body) {
        return Reach.of(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
