/** Who is calling: API keys, the agents' secret, the security chains. */
@NullMarked
@ApplicationModule(allowedDependencies = {"completion", "home", "web", "pulse"})
package dev.codewise.proxy.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
