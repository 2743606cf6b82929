/** Fetches the images that a request only names by their addresses, from the hosts that the operator allows. */
@NullMarked
@ApplicationModule(allowedDependencies = {"web"})
package dev.codewise.proxy.images;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
