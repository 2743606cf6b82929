package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A content block of a question; the API keeps everything up to a marked one in its cache. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
sealed interface Block {

    /** The same block with the mark of the cache. */
    Block marked();

    /** Whether it has to stand before all that does not answer a call. */
    @JsonIgnore
    default boolean answersCall() {
        return false;
    }

    @JsonTypeName("text")
    record Text(
            String text,

            @JsonProperty("cache_control") @Nullable CacheMark mark) implements Block {

        @Override
        public Text marked() {
            return new Text(text, CacheMark.EPHEMERAL);
        }
    }

    @JsonTypeName("image")
    record Image(
            Source source,

            @JsonProperty("cache_control") @Nullable CacheMark mark) implements Block {

        @Override
        public Image marked() {
            return new Image(source, CacheMark.EPHEMERAL);
        }
    }

    @JsonTypeName("document")
    record Document(
            Source source,

            @JsonProperty("cache_control") @Nullable CacheMark mark) implements Block {

        @Override
        public Document marked() {
            return new Document(source, CacheMark.EPHEMERAL);
        }
    }

    /** The input is a JSON object, passed on as the model wrote it: a number that is read and written again may be another. */
    @JsonTypeName("tool_use")
    record ToolUse(
            String id,
            String name,
            @JsonRawValue String input,

            @JsonProperty("cache_control") @Nullable CacheMark mark) implements Block {

        @Override
        public ToolUse marked() {
            return new ToolUse(id, name, input, CacheMark.EPHEMERAL);
        }
    }

    @JsonTypeName("tool_result")
    record ToolResult(
            @JsonProperty("tool_use_id") String toolUseId,
            List<Block> content,

            @JsonProperty("is_error") @Nullable Boolean failed,

            @JsonProperty("cache_control") @Nullable CacheMark mark)
            implements Block {

        @Override
        public ToolResult marked() {
            return new ToolResult(toolUseId, content, failed, CacheMark.EPHEMERAL);
        }

        @Override
        public boolean answersCall() {
            return true;
        }
    }

    /** What an image or a document consists of: Base64, or the words themselves. */
    record Source(String type, @JsonProperty("media_type") String mediaType, String data) {}
}
