/** What an operator can change while the proxy runs, as it holds just now. */
@NullMarked
@ApplicationModule(allowedDependencies = {"home"})
package dev.codewise.proxy.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
