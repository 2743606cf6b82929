/** Serves /v1/messages in Anthropic's shape, verbatim where the Claude API answers itself. */
@NullMarked
@ApplicationModule(allowedDependencies = {"completion", "access", "claude", "images", "web"})
package dev.codewise.proxy.anthropic;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
