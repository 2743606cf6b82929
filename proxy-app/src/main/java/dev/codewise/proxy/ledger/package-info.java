/** Keeps one row per request, learnt from events, and never a word of what was said; tells who used what. */
@NullMarked
@ApplicationModule(allowedDependencies = {"completion", "prices", "pulse", "settings", "web"})
package dev.codewise.proxy.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
