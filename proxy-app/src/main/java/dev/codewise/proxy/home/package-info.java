/** The folder of this proxy on its machine, and the secrets that are kept there or given to it. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.codewise.proxy.home;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
