/** Says what tokens cost, by a table that the operator may replace; of a model that is not in it, nothing. */
@NullMarked
@ApplicationModule(allowedDependencies = "completion")
package dev.codewise.proxy.prices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
