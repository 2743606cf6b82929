/** Holds each key to its limits: requests and tokens a minute, requests at once, and what it may spend a day and a month. */
@NullMarked
@ApplicationModule(allowedDependencies = {"access", "completion", "prices", "pulse", "web"})
package dev.codewise.proxy.limits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
