/** Keeps one row per request, learnt from events, and never a word of what was said. */
@NullMarked
@ApplicationModule(allowedDependencies = {"completion", "access", "pulse"})
package dev.codewise.proxy.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
