/** Knows the connected agents, takes one request to one of them and its chunks back. */
@NullMarked
@ApplicationModule(allowedDependencies = {"completion", "access", "settings", "web"})
package dev.codewise.proxy.agent;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
