package dev.codewise.proxy.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What a client wants to see in a stream besides the text. */
record StreamOptions(
        @JsonProperty("include_usage") @Nullable Boolean includeUsage) {}
