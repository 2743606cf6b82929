/** The neutral vocabulary and the rule for who answers: request, events, errors, providers, router. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.codewise.proxy.completion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
