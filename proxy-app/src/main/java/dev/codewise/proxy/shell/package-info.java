/** What an operator does with a shell: the words of the proxy's jar that look into its database and start no proxy. */
@NullMarked
@ApplicationModule(allowedDependencies = {"access", "database", "home", "ledger", "web"})
package dev.codewise.proxy.shell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
