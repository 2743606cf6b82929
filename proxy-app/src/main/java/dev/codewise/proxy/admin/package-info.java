/** What an operator changes of the proxy itself while it runs: its settings, kept in the database and told to all its proxies. */
@NullMarked
@ApplicationModule(allowedDependencies = {"access", "completion", "home", "pulse", "settings", "web"})
package dev.codewise.proxy.admin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
