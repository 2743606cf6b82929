package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What the client asked of the model; absent means the CLI's own default. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunParameters(@Nullable Integer maxTokens) {}
