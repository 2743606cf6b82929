/** Says how the proxy is: the lines at its start, /api/health, and what a wrong setting means. */
@NullMarked
@ApplicationModule(allowedDependencies = {"completion", "home", "web", "access", "agent", "claude", "database"})
package dev.codewise.proxy.status;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
