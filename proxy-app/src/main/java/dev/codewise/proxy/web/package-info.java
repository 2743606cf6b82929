/** What every HTTP answer has in common: its request id, and problem JSON where no module has a shape of its own. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.codewise.proxy.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
