/** Answers directly from the Anthropic API. */
@NullMarked
@ApplicationModule(allowedDependencies = {"completion", "home", "settings"})
package dev.codewise.proxy.claude;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
