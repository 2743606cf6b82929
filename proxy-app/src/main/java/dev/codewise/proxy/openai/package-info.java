/** Serves /v1 but /v1/messages: OpenAI JSON in and out, SSE framing, and the only place that knows OpenAI's errors. */
@NullMarked
@ApplicationModule(allowedDependencies = {"completion", "access", "images", "web", "pulse", "settings"})
package dev.codewise.proxy.openai;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
