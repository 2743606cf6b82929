/** Work beside the requests that is done again and again, from the start of the proxy to its end. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.codewise.proxy.pulse;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
